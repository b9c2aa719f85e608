//! What of the settings a running program does not take over, and which variables of the environment win over the file.

use super::Settings;

/// A setting that a running program keeps as it was at its start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// Its key in `ovn.toml`.
    pub key: &'static str,
    /// What it is, without any password; empty where it is left to the default.
    pub value: String,
}

/// Every key that a variable may set, with it.
pub const VARIABLES: [(&str, &str); 14] = [
    ("name", "OVN_NAME"),
    ("origin", "OVN_ORIGIN"),
    ("url", "OVN_URL"),
    ("zone", "OVN_ZONE"),
    ("bind", "OVN_BIND"),
    ("port", "OVN_PORT"),
    ("page-memory", "OVN_PAGE_MEMORY"),
    ("connections", "OVN_CONNECTIONS"),
    ("operator", "OVN_OPERATOR"),
    ("newsroom", "OVN_NEWSROOM"),
    ("newsroom-url", "OVN_NEWSROOM_URL"),
    ("letters", "OVN_LETTERS"),
    ("record", "OVN_RECORD"),
    ("database", "OVN_DATABASE"),
];

/// The keys that the environment sets, with their variables.
#[must_use]
pub fn overridden(env: &dyn Fn(&str) -> Option<String>) -> Vec<(&'static str, &'static str)> {
    VARIABLES.into_iter().filter(|(_, variable)| env(variable).is_some()).collect()
}

impl Settings {
    /// What a running program keeps as it was at its start.
    #[must_use]
    pub fn fixed(&self) -> Vec<Fixed> {
        fn text(value: Option<&impl ToString>) -> String {
            value.map_or_else(String::new, ToString::to_string)
        }
        let tls = self.tls.as_ref().map(|_| "tls".to_owned());
        // The address may hold a password; whose server it is stands behind the sign.
        let server = |address: &String| match address.rsplit_once('@') {
            Some((_, server)) => server.to_owned(),
            None => address.trim_start_matches("postgres://").to_owned(),
        };
        let database = self.database.as_ref().map(server);
        let database = database.map(|server| {
            let server = server.split('?').next().unwrap_or_default();
            format!("postgres://{server}")
        });
        let keys = self.keys.as_ref().map(|path| path.display());
        let all = [
            ("origin", self.origin.clone()),
            ("bind", self.bind.clone()),
            ("port", self.port.to_string()),
            ("newsroom", text(self.newsroom.as_ref())),
            ("newsroom-url", text(self.newsroom_url.as_ref())),
            ("letters", text(self.letters.as_ref())),
            ("database", text(database.as_ref())),
            ("record", text(self.record.as_ref())),
            ("keys", text(keys.as_ref())),
            ("tls", text(tls.as_ref())),
            ("operator", text(self.operator.as_ref())),
            ("connections", text(self.connections.as_ref())),
            ("page-memory", text(self.page_memory.as_ref())),
            ("page-disk", text(self.page_disk.as_ref())),
        ];
        all.into_iter().map(|(key, value)| Fixed { key, value }).collect()
    }
}
