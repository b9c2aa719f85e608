//! The words of the interface: Fluent messages in English and Urdu, compiled into the program.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// A language that the interface speaks, with its messages.
const LANGUAGES: [(&str, &[&str]); 2] = [
    (
        "en",
        &[
            include_str!("../locales/en/page.ftl"),
            include_str!("../locales/en/lists.ftl"),
            include_str!("../locales/en/record.ftl"),
            include_str!("../locales/en/about.ftl"),
            include_str!("../locales/en/desk.ftl"),
            include_str!("../locales/en/newsroom.ftl"),
            include_str!("../locales/en/letters.ftl"),
            include_str!("../locales/en/schedule.ftl"),
            include_str!("../locales/en/passkeys.ftl"),
            include_str!("../locales/en/share.ftl"),
            include_str!("../locales/en/comments.ftl"),
            include_str!("../locales/en/history.ftl"),
            include_str!("../locales/en/work.ftl"),
            include_str!("../locales/en/settings.ftl"),
            include_str!("../locales/en/files.ftl"),
        ],
    ),
    (
        "ur",
        &[
            include_str!("../locales/ur/page.ftl"),
            include_str!("../locales/ur/lists.ftl"),
            include_str!("../locales/ur/record.ftl"),
            include_str!("../locales/ur/about.ftl"),
            include_str!("../locales/ur/desk.ftl"),
            include_str!("../locales/ur/newsroom.ftl"),
            include_str!("../locales/ur/letters.ftl"),
            include_str!("../locales/ur/schedule.ftl"),
            include_str!("../locales/ur/passkeys.ftl"),
            include_str!("../locales/ur/share.ftl"),
            include_str!("../locales/ur/comments.ftl"),
            include_str!("../locales/ur/history.ftl"),
            include_str!("../locales/ur/work.ftl"),
            include_str!("../locales/ur/settings.ftl"),
            include_str!("../locales/ur/files.ftl"),
        ],
    ),
];

/// What is wrong with the messages; found at start, never while a page is made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A message file that Fluent can't read.
    #[error("the {0} messages cannot be read: {1}")]
    Unreadable(&'static str, String),
}

/// Every message in every language of the interface. Cheap to share, costly to make: make it once.
pub struct Words {
    bundles: Vec<(&'static str, FluentBundle<FluentResource>)>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.bundles.iter().map(|(lang, _)| lang)).finish()
    }
}

impl Words {
    /// Reads the messages that are compiled in.
    ///
    /// # Errors
    /// [`Error::Unreadable`] when a message file is not Fluent or defines a key twice.
    pub fn new() -> Result<Self, Error> {
        let mut bundles = Vec::new();
        for (lang, files) in LANGUAGES {
            let tag: LanguageIdentifier =
                lang.parse().map_err(|error| Error::Unreadable(lang, format!("{error:?}")))?;
            let mut bundle = FluentBundle::new_concurrent(vec![tag]);
            // Isolation marks would end up in titles and attributes; templates isolate with <bdi> instead.
            bundle.set_use_isolating(false);
            for file in files {
                let resource = FluentResource::try_new((*file).to_owned())
                    .map_err(|(_, errors)| Error::Unreadable(lang, format!("{errors:?}")))?;
                bundle
                    .add_resource(resource)
                    .map_err(|errors| Error::Unreadable(lang, format!("{errors:?}")))?;
            }
            bundles.push((lang, bundle));
        }
        Ok(Self { bundles })
    }

    /// Whether the interface speaks this language.
    #[must_use]
    pub fn speaks(lang: &str) -> bool {
        LANGUAGES.iter().any(|(known, _)| *known == lang)
    }

    /// The message `key` in `lang` (English where `lang` is not spoken), its variables filled. A key that no language
    /// has comes back as itself, so that the gap is seen and no page fails for it.
    #[must_use]
    pub fn say(&self, lang: &str, key: &str, with: &[(&str, FluentValue<'_>)]) -> String {
        let wanted = self.bundles.iter().filter(|(known, _)| *known == lang);
        let english = self.bundles.iter().filter(|(known, _)| *known == "en");
        for (_, bundle) in wanted.chain(english) {
            let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
                continue;
            };
            let mut args = FluentArgs::new();
            for (name, value) in with {
                args.set(*name, value.clone());
            }
            return bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned();
        }
        key.to_owned()
    }
}
