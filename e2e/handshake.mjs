// A WebSocket's opening handshake, header by header, and its frames, byte by byte: for what no browser and no client would do. Knows
// RFC 6455; must never know what the frames mean.

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";

/** Asks for a WebSocket. The answer: `status`, and where it is 101 a `socket` to send and hear raw frames by. */
export async function handshake(url, headers = {}) {
  const asked = request(url.replace(/^ws/, "http"), {
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": randomBytes(16).toString("base64"),
      ...headers,
    },
  });
  asked.end();
  const [name, answer, stream, head] = await Promise.race([
    once(asked, "response").then(([answer]) => ["response", answer]),
    once(asked, "upgrade").then((got) => ["upgrade", ...got]),
  ]);
  if (name === "response") {
    const body = (await answer.setEncoding("utf8").toArray()).join("");
    return { status: answer.statusCode, body };
  }
  return { status: 101, socket: new RawSocket(stream, head) };
}

const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;

class RawSocket {
  #stream;
  #bytes;
  #frames = [];
  #waiting = [];

  constructor(stream, head) {
    this.#stream = stream;
    this.#bytes = head;
    stream.on("data", (chunk) => this.#take(chunk));
    stream.on("close", () => this.#hand({ ended: true }));
    stream.on("error", () => {});
    this.#take(Buffer.alloc(0));
  }

  /** The next frame: `{ event, data, .. }` as it was sent, `{ closed, reason }` for a close frame, `{ ended }` at the end. */
  next() {
    const frame = this.#frames.shift();
    return frame ? Promise.resolve(frame) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  sendText(text) {
    this.#send(TEXT, Buffer.from(text));
  }

  sendBinary(bytes) {
    this.#send(BINARY, bytes);
  }

  end() {
    this.#stream.destroy();
  }

  #send(opcode, payload) {
    const mask = randomBytes(4);
    const masked = payload.map((byte, place) => byte ^ mask[place % 4]);
    this.#stream.write(Buffer.concat([lengthOf(opcode, payload.length), mask, masked]));
  }

  #take(chunk) {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    for (;;) {
      const frame = parsed(this.#bytes);
      if (!frame) return;
      this.#bytes = this.#bytes.subarray(frame.size);
      if (frame.opcode === TEXT) this.#hand(JSON.parse(frame.payload.toString()));
      if (frame.opcode === CLOSE) this.#hand({ closed: frame.payload.readUInt16BE(0), reason: frame.payload.subarray(2).toString() });
    }
  }

  #hand(frame) {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(frame);
    else this.#frames.push(frame);
  }
}

function lengthOf(opcode, length) {
  const first = 0x80 | opcode;
  if (length < 126) return Buffer.from([first, 0x80 | length]);
  const header = Buffer.alloc(length < 65_536 ? 4 : 10);
  header[0] = first;
  if (length < 65_536) {
    header[1] = 0x80 | 126;
    header.writeUInt16BE(length, 2);
  } else {
    header[1] = 0x80 | 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  return header;
}

/** The first frame of these bytes, if it is whole. A server's frames are not masked. */
function parsed(bytes) {
  if (bytes.length < 2) return null;
  let [length, start] = [bytes[1] & 0x7f, 2];
  if (length === 126) {
    if (bytes.length < 4) return null;
    [length, start] = [bytes.readUInt16BE(2), 4];
  } else if (length === 127) {
    if (bytes.length < 10) return null;
    [length, start] = [Number(bytes.readBigUInt64BE(2)), 10];
  }
  const size = start + length;
  return bytes.length < size ? null : { opcode: bytes[0] & 0x0f, payload: bytes.subarray(start, size), size };
}
