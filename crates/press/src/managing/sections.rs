//! The edition's sections: added, named, moved in the menu, taken out of it.

use super::fields::{line, put};
use crate::people::{Caller, Error, People, Refusal};
use ovn_store::rows::TagKind;
use ovn_store::settings::Section;
use std::collections::BTreeMap;

/// The most sections of an edition.
const MOST: usize = 60;
/// The longest slug, in characters.
const LONGEST: usize = 60;

impl People {
    /// How many articles are sealed with each section, by slug.
    ///
    /// # Errors
    /// When the edition can't be read.
    pub fn section_uses(&self) -> Result<Vec<(String, u64)>, Error> {
        Ok(self.reader().tags(TagKind::Section, None)?)
    }

    /// Adds a section at the end of the menu, with its names by language.
    ///
    /// # Errors
    /// As [`People::set_edition`].
    pub fn add_section(
        &self,
        caller: &Caller,
        was: &str,
        slug: &str,
        names: &[(&str, &str)],
    ) -> Result<(), Error> {
        let slug = slug.trim();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if slug.is_empty() || slug.len() > LONGEST || !slug.chars().all(plain) {
            return Err(Refusal::Setting("slug", slug.to_owned()).into());
        }
        self.set(caller, was, |settings| {
            if settings.sections.iter().any(|section| section.slug == slug) {
                return Err(Refusal::Setting("slug-taken", slug.to_owned()).into());
            }
            if settings.sections.len() >= MOST {
                return Err(Refusal::Setting("sections", MOST.to_string()).into());
            }
            let mut section = Section { slug: slug.to_owned(), ..Section::default() };
            named(&mut section, names)?;
            settings.sections.push(section);
            distinct(&settings.sections)
        })
    }

    /// Gives a section other names. Its slug, which is in addresses and in the lists that articles are sealed with, stays.
    ///
    /// # Errors
    /// As [`People::set_edition`]; [`Refusal::Missing`].
    pub fn name_section(
        &self,
        caller: &Caller,
        was: &str,
        slug: &str,
        names: &[(&str, &str)],
    ) -> Result<(), Error> {
        self.set(caller, was, |settings| {
            let mut all = settings.sections.iter_mut();
            let section = all.find(|section| section.slug == slug).ok_or(Refusal::Missing)?;
            named(section, names)?;
            distinct(&settings.sections)
        })
    }

    /// Moves a section by one place in the menu, up or down.
    ///
    /// # Errors
    /// As [`People::set_edition`]; [`Refusal::Missing`].
    pub fn move_section(
        &self,
        caller: &Caller,
        was: &str,
        slug: &str,
        up: bool,
    ) -> Result<(), Error> {
        self.set(caller, was, |settings| {
            let all = &mut settings.sections;
            let at = all.iter().position(|one| one.slug == slug).ok_or(Refusal::Missing)?;
            let to = if up { at.saturating_sub(1) } else { (at + 1).min(all.len() - 1) };
            all.swap(at, to);
            Ok(())
        })
    }

    /// Takes a section out of the menu. One with which articles are sealed goes only if that is meant, as `sure` says: its
    /// page stays at its address, and its articles keep it.
    ///
    /// # Errors
    /// As [`People::set_edition`]; [`Refusal::Missing`]; [`Refusal::Setting`] with the number of articles.
    pub fn drop_section(
        &self,
        caller: &Caller,
        was: &str,
        slug: &str,
        sure: bool,
    ) -> Result<(), Error> {
        let uses = self.section_uses()?;
        let used = uses.iter().find(|(one, _)| one == slug).map_or(0, |(_, count)| *count);
        self.set(caller, was, |settings| {
            if !settings.sections.iter().any(|section| section.slug == slug) {
                return Err(Refusal::Missing.into());
            }
            if used > 0 && !sure {
                return Err(Refusal::Setting("section-used", used.to_string()).into());
            }
            settings.sections.retain(|section| section.slug != slug);
            Ok(())
        })
    }
}

fn named(section: &mut Section, names: &[(&str, &str)]) -> Result<(), Error> {
    for (lang, name) in names {
        put(&mut section.name, lang, line("section-name", name)?);
    }
    if section.name.is_empty() {
        return Err(Refusal::Setting("section-name", section.slug.clone()).into());
    }
    Ok(())
}

/// An article names its section by slug or by a name in any language, so none of these may mean two.
fn distinct(sections: &[Section]) -> Result<(), Error> {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for section in sections {
        for word in section.name.values().chain([&section.slug]) {
            if seen.insert(word, &section.slug).is_some_and(|other| other != section.slug) {
                return Err(Refusal::Setting("section-twice", word.clone()).into());
            }
        }
    }
    Ok(())
}
