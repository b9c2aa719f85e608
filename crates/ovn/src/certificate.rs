//! The readers' certificate: read from its files and again when they change, or asked for and renewed.

use ovn_press::fetch::acme::{self, LETS_ENCRYPT, Order};
use ovn_site::tls::Tls;
use ovn_store::{Settings, settings};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::signal::unix::Signal;

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(60);

/// What runs beside the server for its certificate.
pub(crate) type Keeping = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The certificate that the settings name, and what keeps it fresh; `None` where a proxy has it. `hangup` makes files be
/// read again at once.
///
/// # Errors
/// A sentence, when there is no certificate to start with.
pub(crate) fn certificate(
    dir: &Path,
    settings: &Settings,
    hangup: Signal,
) -> Result<(Option<Arc<Tls>>, Keeping), String> {
    let Some(wanted) = &settings.tls else { return Ok((None, Box::pin(ignore(hangup)))) };
    if let (Some(cert), Some(key)) = (&wanted.cert, &wanted.key) {
        let files = Files { cert: dir.join(cert), key: dir.join(key) };
        let (chain, secret) = files.read()?;
        let tls = Tls::of_files(&chain, &secret).map_err(|error| error.to_string())?;
        let tls = Arc::new(tls);
        return Ok((Some(Arc::clone(&tls)), Box::pin(files.watch(tls, hangup))));
    }
    let roots = wanted.roots.as_ref().map(|path| read(&dir.join(path))).transpose()?;
    let order = Order {
        host: settings::host(&settings.url).to_owned(),
        contact: wanted.acme.clone().unwrap_or_default(),
        directory: wanted.directory.clone().unwrap_or_else(|| LETS_ENCRYPT.to_owned()),
        roots,
        kept: kept(dir),
    };
    let had = acme::certificates(&order)?;
    let tls = Tls::of_resolver(had.resolver, had.challenge).map_err(|error| error.to_string())?;
    let renewal = had.renewal;
    let keeping = async move {
        tokio::join!(renewal, ignore(hangup));
    };
    Ok((Some(Arc::new(tls)), Box::pin(keeping)))
}

/// The folder of certificates that were asked for: a sibling of the edition's, apart from the keys of the record, which
/// the process that serves readers has no business with.
fn kept(dir: &Path) -> PathBuf {
    let mut name = dir.file_name().unwrap_or_default().to_owned();
    name.push(".certificates");
    dir.with_file_name(name)
}

async fn ignore(mut hangup: Signal) {
    while hangup.recv().await.is_some() {}
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

struct Files {
    cert: PathBuf,
    key: PathBuf,
}

impl Files {
    fn read(&self) -> Result<(Vec<u8>, Vec<u8>), String> {
        Ok((read(&self.cert)?, read(&self.key)?))
    }

    fn changed(&self) -> [Option<SystemTime>; 2] {
        [&self.cert, &self.key].map(|path| path.metadata().and_then(|told| told.modified()).ok())
    }

    /// Shows the certificate again whenever its files have changed.
    async fn watch(self, tls: Arc<Tls>, mut hangup: Signal) {
        let mut known = self.changed();
        loop {
            let asked = tokio::select! {
                _ = hangup.recv() => true,
                () = tokio::time::sleep(LOOK) => false,
            };
            let now = self.changed();
            if !asked && now == known {
                continue;
            }
            let replaced = self.read().and_then(|(chain, key)| {
                tls.replace(&chain, &key).map_err(|error| error.to_string())
            });
            match replaced {
                Ok(()) => {
                    known = now;
                    tracing::info!("another certificate is shown");
                }
                // Half of a pair that is being written, perhaps: it is tried again.
                Err(error) => tracing::error!(error, "the old certificate is still shown"),
            }
        }
    }
}
