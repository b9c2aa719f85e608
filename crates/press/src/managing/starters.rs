//! Texts that an edition can begin its policies with. They say what the software does, and leave TK where only the edition knows.

use super::policies::Wording;
use ovn_edition::markdown;

/// Name, English and Urdu.
const STARTERS: [(&str, &str, &str); 9] = [
    (
        "mission",
        include_str!("../../policies/en/mission.md"),
        include_str!("../../policies/ur/mission.md"),
    ),
    (
        "ethics",
        include_str!("../../policies/en/ethics.md"),
        include_str!("../../policies/ur/ethics.md"),
    ),
    (
        "corrections",
        include_str!("../../policies/en/corrections.md"),
        include_str!("../../policies/ur/corrections.md"),
    ),
    (
        "verification",
        include_str!("../../policies/en/verification.md"),
        include_str!("../../policies/ur/verification.md"),
    ),
    (
        "sources",
        include_str!("../../policies/en/sources.md"),
        include_str!("../../policies/ur/sources.md"),
    ),
    (
        "ownership",
        include_str!("../../policies/en/ownership.md"),
        include_str!("../../policies/ur/ownership.md"),
    ),
    (
        "masthead",
        include_str!("../../policies/en/masthead.md"),
        include_str!("../../policies/ur/masthead.md"),
    ),
    (
        "diversity",
        include_str!("../../policies/en/diversity.md"),
        include_str!("../../policies/ur/diversity.md"),
    ),
    (
        "feedback",
        include_str!("../../policies/en/feedback.md"),
        include_str!("../../policies/ur/feedback.md"),
    ),
];

/// The text to begin the policy `name` with, in an edition with these languages; empty where there is none.
pub(super) fn of(languages: &[String], lang: &str, name: &str) -> Wording {
    let found = STARTERS.iter().find(|(known, ..)| *known == name);
    let file = match (found, lang) {
        (Some((_, en, _)), "en") => *en,
        (Some((.., ur)), "ur") => *ur,
        _ => return Wording::default(),
    };
    let Ok(article) = markdown::read(file.as_bytes()) else { return Wording::default() };
    let text = file.splitn(3, "---\n").nth(2).unwrap_or_default().trim_start_matches('\n');
    // They link to pages as they are in an edition whose first language is English.
    let first = languages.first().is_none_or(|first| first == lang);
    let own = if first { "](/".to_owned() } else { format!("](/{lang}/") };
    let plain = text.replace("](/ur/", "](/");
    Wording {
        headline: article.headline,
        standfirst: article.standfirst.unwrap_or_default(),
        text: plain.replace("](/", &own),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::people::People;

    #[test]
    fn each_starter_is_a_policy_in_both_languages() {
        let languages = ["en".to_owned(), "ur".to_owned()];
        for (name, ..) in STARTERS {
            assert!(super::super::POLICIES.contains(&name));
            for lang in ["en", "ur"] {
                let wording = of(&languages, lang, name);
                let article = People::read_policy(lang, &wording).unwrap();
                assert_eq!(
                    (article.headline, article.lang.as_str()),
                    (wording.headline, lang),
                    "{name}"
                );
            }
        }
        assert_eq!(of(&languages, "ps", "ethics"), Wording::default());
        assert_eq!(of(&languages, "en", "weather"), Wording::default());
    }

    #[test]
    fn links_follow_the_first_language() {
        let check = |languages: [&str; 2], lang: &str, link: &str| {
            let text = of(&languages.map(str::to_owned), lang, "corrections").text;
            assert!(text.contains(link), "{text}");
        };
        check(["en", "ur"], "en", "](/corrections)");
        check(["en", "ur"], "ur", "](/ur/corrections)");
        check(["ur", "en"], "ur", "](/corrections)");
        check(["ur", "en"], "en", "](/en/corrections)");
    }
}
