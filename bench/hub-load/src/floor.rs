//! What a delivery costs before any protocol: one write to one socket of this machine. Knows sockets, nothing of what goes over
//! them. The comparison that tells the server's own share from the kernel's.

use std::{
    io::{self, Read, Write},
    net::{TcpListener, TcpStream},
    thread,
    time::Duration,
};

use crate::process::own_processor_time;

/// The time that the writing thread runs for `rounds` writes of `bytes` to each of so many sockets. Another thread reads.
///
/// # Errors
/// When the machine has not so many sockets.
pub fn measure(sockets: usize, rounds: usize, bytes: usize) -> Result<Duration, String> {
    let (mut near, far) = pairs(sockets).map_err(|error| format!("cannot connect {sockets} sockets: {error}"))?;
    let reader = thread::spawn(move || read(far, rounds, bytes));
    let frame = vec![b'x'; bytes];
    let before = own_processor_time()?;
    for _ in 0..rounds {
        for socket in &mut near {
            socket.write_all(&frame).map_err(|error| error.to_string())?;
        }
    }
    let spent = own_processor_time()?.saturating_sub(before);
    let read = reader.join().map_err(|_| "the reading thread ended early".to_owned())?;
    read.map_err(|error| error.to_string())?;
    Ok(spent)
}

fn pairs(count: usize) -> io::Result<(Vec<TcpStream>, Vec<TcpStream>)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let (mut near, mut far) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for _ in 0..count {
        far.push(TcpStream::connect(address)?);
        let (accepted, _) = listener.accept()?;
        accepted.set_nodelay(true)?;
        near.push(accepted);
    }
    Ok((near, far))
}

fn read(mut sockets: Vec<TcpStream>, rounds: usize, bytes: usize) -> io::Result<()> {
    let mut frame = vec![0; bytes];
    for _ in 0..rounds {
        for socket in &mut sockets {
            socket.read_exact(&mut frame)?;
        }
    }
    Ok(())
}
