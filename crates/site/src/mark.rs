//! The mark of the house: a voice whose ring stays open, and in it the V that is also the tick of who checks.

/// The mark as inline SVG that takes the colour of the text around it; decoration beside the edition's name.
pub const INLINE: &str = concat!(
    r#"<svg class="seal" viewBox="0 0 32 32" aria-hidden="true" focusable="false">"#,
    r#"<path d="M20.6 5A11 11 0 0 0 8.9 23.2L7 28.6l6-2.4A11 11 0 0 0 26.8 13.6"/><path d="M11 12l5 7.4L25.4 5.6"/></svg>"#
);

/// The icon as a `data:` address, so that it costs no request.
pub const ICON: &str = concat!(
    "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%2032%2032'%3E%3Cg%20fill='none'%20",
    "stroke='%2313875f'%20stroke-width='3.2'%20stroke-linecap='round'%20stroke-linejoin='round'%3E",
    "%3Cpath%20d='M20.6%205A11%2011%200%200%200%208.9%2023.2L7%2028.6l6-2.4A11%2011%200%200%200%2026.8%2013.6M11%2012l5%207.4L25.4%205.6'/%3E%3C/g%3E%3C/svg%3E"
);

/// An edition's name in the parts that the wordmark sets apart: `OpenVoice`, `News`, and what follows.
/// A name of another house comes back whole in the first part.
#[must_use]
pub fn parts(name: &str) -> (&str, &str, &str) {
    match name.strip_prefix("OpenVoiceNews") {
        Some(rest) => ("OpenVoice", "News", rest),
        None => (name, "", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn only_our_own_name_is_parted() {
        assert_eq!(parts("OpenVoiceNews Pakistan"), ("OpenVoice", "News", " Pakistan"));
        assert_eq!(parts("The Karakoram Post"), ("The Karakoram Post", "", ""));
        assert_eq!(parts(""), ("", "", ""));
    }
}
