//! A picture with its renditions, so that each screen loads no more than it shows.

use super::{Page, escape};
use crate::{
    labels::fill,
    model::{Block, Format, Rendition},
};

/// How wide a picture stands in the text's column: all of a narrow screen, and never more than the column.
const WIDTH: &str = "(min-width: 44rem) 42rem, 100vw";

impl Page<'_> {
    /// From the record, never from another host; a picture that is not archived is described, or shown from where the
    /// newsroom keeps it.
    pub(super) fn picture(&mut self, block: &Block, number: Option<usize>) {
        let Block::Image { src, alt, caption, credit, sha256, renditions } = block else { return };
        let base = self.view.base;
        let archived = sha256.as_deref().and_then(|sha256| escape::blob(sha256, base));
        let own = || escape::link(src, base).filter(|_| src.starts_with('/'));
        let draft = || {
            let kept = !self.view.pictures.is_empty() && !src.contains(['/', ':']);
            kept.then(|| escape::attribute(&format!("{}{src}", self.view.pictures)))
        };
        let address = archived.or_else(own).or_else(draft);
        self.open("figure", "", number, "");
        match address {
            Some(address) => {
                let whole = renditions.iter().find(|one| Some(&one.sha256) == sha256.as_ref());
                self.renditions(&address, alt, whole, renditions);
            }
            None => {
                let words = fill(self.labels.picture, &[alt]);
                self.open("p", "", None, alt);
                self.text(&words);
                self.put("</p>");
            }
        }
        self.caption(caption, credit);
        self.put("</figure>");
    }

    /// What stands below it, and who made it.
    fn caption(&mut self, caption: &str, credit: &str) {
        if caption.is_empty() && credit.is_empty() {
            return;
        }
        self.open("figcaption", "", None, if caption.is_empty() { credit } else { caption });
        self.text(caption);
        if !credit.is_empty() {
            let words = fill(self.labels.credit, &[credit]);
            if !caption.is_empty() {
                self.put(" ");
            }
            self.open("span", "m", None, credit);
            self.text(&words);
            self.put("</span>");
        }
        self.put("</figcaption>");
    }

    /// The picture itself in its own format, and before it what is smaller in WebP, for browsers that know that.
    fn renditions(
        &mut self,
        address: &str,
        alt: &str,
        whole: Option<&Rendition>,
        all: &[Rendition],
    ) {
        let webp = self.set(all, Format::Webp);
        let wraps = !webp.is_empty() && whole.is_none_or(|whole| whole.format != Format::Webp);
        if wraps {
            self.put(&format!(
                "<picture><source type=\"image/webp\" srcset=\"{webp}\" sizes=\"{WIDTH}\">"
            ));
        }
        let alt = escape::attribute(alt);
        let mut image = format!("<img src=\"{address}\" alt=\"{alt}\"");
        if let Some(whole) = whole {
            // The browser keeps the room that the picture will take.
            image.push_str(&format!(" width=\"{}\" height=\"{}\"", whole.width, whole.height));
            let set = self.set(all, whole.format);
            if set.contains(',') {
                image.push_str(&format!(" srcset=\"{set}\" sizes=\"{WIDTH}\""));
            }
        }
        image.push_str(" loading=\"lazy\">");
        self.put(&image);
        if wraps {
            self.put("</picture>");
        }
    }

    /// A `srcset` of the renditions in one format.
    fn set(&self, all: &[Rendition], format: Format) -> String {
        let mut all: Vec<&Rendition> = all.iter().filter(|one| one.format == format).collect();
        all.sort_by_key(|one| one.width);
        let one = |one: &&Rendition| {
            let address = escape::blob(&one.sha256, self.view.base)?;
            Some(format!("{address} {}w", one.width))
        };
        all.iter().filter_map(one).collect::<Vec<_>>().join(", ")
    }
}
