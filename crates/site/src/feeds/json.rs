//! JSON Feed 1.1, with the record's entry of each article under `_openvoicenews`.

use ovn_edition::hex;
use serde_json::{Map, Value, json};

use super::{Feed, Item, moment};
use crate::Error;

pub(super) fn write(feed: &Feed<'_>, checkpoint: &[u8]) -> Result<Vec<u8>, Error> {
    let url = &feed.settings.url;
    let value = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.own,
        "language": feed.lang,
        "icon": format!("{url}/favicon.svg"),
        "authors": [{"name": feed.settings.name, "url": format!("{url}/")}],
        "_openvoicenews": {
            "about": format!("{url}/record"),
            "origin": feed.settings.origin,
            "checkpoint": String::from_utf8_lossy(checkpoint),
        },
        "items": feed.items.iter().map(item).collect::<Vec<_>>(),
    });
    serde_json::to_vec(&value).map_err(|error| Error::Writing(error.to_string()))
}

fn item(item: &Item) -> Value {
    let head = &item.head;
    let mut map = Map::new();
    let mut set = |name: &str, value: Value| map.insert(name.to_owned(), value);
    set("id", json!(item.address));
    set("url", json!(item.address));
    set("title", json!(head.headline));
    set("language", json!(head.lang));
    set("content_html", json!(item.html));
    set("date_published", json!(moment(head.first_at)));
    set("date_modified", json!(moment(head.at)));
    if let Some(standfirst) = &head.standfirst {
        set("summary", json!(standfirst));
    }
    if !head.byline.is_empty() {
        let names = head.byline.iter().map(|name| json!({"name": name}));
        set("authors", names.collect());
    }
    let tags: Vec<&String> = item.sections.iter().chain(&head.topics).collect();
    if !tags.is_empty() {
        set("tags", json!(tags));
    }
    set(
        "_openvoicenews",
        json!({
            "article": hex::encode(&head.id),
            "revision": head.rev,
            "class": head.class.word(),
            "entry": item.entry,
            "sealed": format!("{}.json", item.address),
            "proof": format!("{}.tlog-proof", item.address),
        }),
    );
    Value::Object(map)
}
