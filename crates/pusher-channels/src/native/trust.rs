//! Whose certificates a connection with TLS trusts. Knows rustls, no socket.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::CertificateDer};
use tokio_tungstenite::Connector;

/// Whose certificates are trusted on a connection with TLS.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trust {
    /// The authorities that Mozilla's browser trusts, as built into this program.
    WebRoots,
    /// Only these authorities or servers, each a certificate in DER form: a company's own, or a test's.
    Only(Vec<Vec<u8>>),
}

impl Trust {
    /// # Errors
    /// When a certificate is none; the reason is in words.
    pub(super) fn connector(self) -> Result<Connector, String> {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| format!("TLS cannot be used: {error}"))?
            .with_root_certificates(self.roots()?)
            .with_no_client_auth();
        Ok(Connector::Rustls(Arc::new(config)))
    }

    fn roots(self) -> Result<RootCertStore, String> {
        let mut roots = RootCertStore::empty();
        match self {
            Self::WebRoots => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
            Self::Only(certificates) => {
                for certificate in certificates {
                    roots
                        .add(CertificateDer::from(certificate))
                        .map_err(|error| format!("a certificate to trust is none: {error}"))?;
                }
            }
        }
        Ok(roots)
    }
}
