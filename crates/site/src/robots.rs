//! What crawlers and browsers fetch once: robots.txt, the search description, the icon.

use ovn_store::Settings;
use quick_xml::Writer;
use quick_xml::events::BytesText;

use crate::Error;

/// The mark of the house on its own: a voice whose ring stays open, and in it the V that is also a tick.
pub(crate) const ICON: &str = concat!(
    r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g fill="none" stroke="#13875f" "##,
    r##"stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round">"##,
    r##"<path d="M20.6 5A11 11 0 0 0 8.9 23.2L7 28.6l6-2.4A11 11 0 0 0 26.8 13.6M11 12l5 7.4L25.4 5.6"/></g></svg>"##
);

/// robots.txt (RFC 9309): everything is open but the endless pages of search results.
pub(crate) fn robots(settings: &Settings) -> String {
    let url = &settings.url;
    format!(
        "User-agent: *\nDisallow: /*search?q=\nAllow: /\n\nSitemap: {url}/sitemap.xml\nSitemap: {url}/news-sitemap.xml\n"
    )
}

/// The OpenSearch 1.1 description of the edition's search.
///
/// # Errors
/// [`Error::Writing`].
pub(crate) fn opensearch(settings: &Settings) -> Result<Vec<u8>, Error> {
    let mut out = Writer::new(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_vec());
    let name: String = settings.name.chars().take(16).collect();
    let url = &settings.url;
    out.create_element("OpenSearchDescription")
        .with_attribute(("xmlns", "http://a9.com/-/spec/opensearch/1.1/"))
        .write_inner_content(|out| {
            let mut text = |element: &str, text: &str| {
                out.create_element(element).write_text_content(BytesText::new(text)).map(|_| ())
            };
            text("ShortName", name.trim())?;
            text("Description", &settings.name)?;
            text("InputEncoding", "UTF-8")?;
            text("Image", &format!("{url}/favicon.svg"))?;
            let template = format!("{url}/search?q={{searchTerms}}");
            let url = out.create_element("Url").with_attribute(("type", "text/html"));
            url.with_attribute(("template", template.as_str())).write_empty()?;
            Ok(())
        })?;
    Ok(out.into_inner())
}
