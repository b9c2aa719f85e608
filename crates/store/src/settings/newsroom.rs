//! `newsroom`, `newsroom-url`, `four-eyes`: where the newsroom listens, and who has to read what is published.

use super::Settings;
use std::net::SocketAddr;

/// What stands for a newsroom that does not listen.
const OFF: &str = "off";
/// Where it listens when nothing is set.
const DEFAULT: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8081);

/// Where a newsroom listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Newsroom {
    /// Nowhere.
    Off,
    /// There, since nothing was set: if it can.
    Default(SocketAddr),
    /// There, as was set.
    Set(SocketAddr),
}

impl Newsroom {
    /// Reads `off`, or an address with a port.
    ///
    /// # Errors
    /// A sentence.
    pub fn read(text: &str) -> Result<Self, String> {
        if text == OFF {
            return Ok(Self::Off);
        }
        let wrong = |_| format!("newsroom is {text:?}; write 127.0.0.1:8081, or off");
        text.parse().map(Self::Set).map_err(wrong)
    }
}

impl Settings {
    /// Whether readers may report errors with a form: as `letters` says, and otherwise where this process has a newsroom,
    /// since somebody has to read what they write.
    #[must_use]
    pub fn takes_letters(&self) -> bool {
        self.letters.unwrap_or(self.newsroom() != Newsroom::Off)
    }

    /// Where the newsroom listens.
    #[must_use]
    pub fn newsroom(&self) -> Newsroom {
        let set = self.newsroom.as_deref().and_then(|text| Newsroom::read(text).ok());
        set.unwrap_or(Newsroom::Default(DEFAULT))
    }

    pub(super) fn check_newsroom(&self) -> Result<(), String> {
        let place = self.newsroom.as_deref().map(Newsroom::read).transpose()?;
        if let Some(Newsroom::Set(address)) = place
            && self.readers_reach(address)
        {
            return Err(
                "newsroom is the readers' own address; give it another port, on 127.0.0.1".into()
            );
        }
        let Some(url) = &self.newsroom_url else { return Ok(()) };
        let host = url.strip_prefix("https://").unwrap_or_default();
        if host.is_empty()
            || host.contains(['/', '?', '#', '@'])
            || host.contains(char::is_whitespace)
        {
            return Err(format!(
                "newsroom-url is {url:?}; write https:// and the host name that the proxy before the newsroom has, and no more"
            ));
        }
        if self.url.strip_prefix("https://") == Some(host) {
            return Err(
                "newsroom-url is the readers' own; give the newsroom a host name of its own".into(),
            );
        }
        Ok(())
    }
}
