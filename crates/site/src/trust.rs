//! trust.txt (JournalList) and security.txt (RFC 9116): who is behind the edition and whom to tell.

use jiff::Timestamp;
use ovn_edition::text::one_line;
use ovn_store::Settings;

/// trust.txt: what the edition says of itself; attribute and address a line, as journallist.net specifies.
pub(crate) fn trust(settings: &Settings) -> String {
    let url = &settings.url;
    let mut out =
        format!("# {}: trust.txt, see https://journallist.net\n", one_line(&settings.name));
    let contact = one_line(&settings.publisher.contact);
    if !contact.is_empty() {
        out.push_str(&format!("contact=mailto:{contact}\n"));
    }
    out.push_str(&format!("disclosure={url}/policies\ndatatrainingallowed=no\n"));
    out
}

/// security.txt, which expires a year after the last seal: an abandoned edition's runs out by itself.
pub(crate) fn security(settings: &Settings, last_seal: u64) -> String {
    let url = &settings.url;
    let contact = one_line(&settings.publisher.contact);
    let contact =
        if contact.is_empty() { format!("{url}/policies") } else { format!("mailto:{contact}") };
    let expires = i64::try_from(last_seal)
        .ok()
        .and_then(|at| Timestamp::from_millisecond(at.saturating_add(365 * 86_400_000)).ok())
        .map_or_else(String::new, |at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    let languages = settings.languages.join(", ");
    format!(
        "Contact: {contact}\nExpires: {expires}\nPreferred-Languages: {languages}\n\
         Canonical: {url}/.well-known/security.txt\n"
    )
}
