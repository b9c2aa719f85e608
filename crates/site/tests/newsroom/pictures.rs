//! Pictures in a browser: taken in, shown, refused, published in several sizes, kept through a correction.

use super::house::{Browser, House, TEXT};
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};
use ovn_press::check::{self, Options};
use ovn_press::copy::Copy;
use ovn_store::Folder;

/// A JPEG file with many colours, and with words of its camera.
pub(crate) fn photograph(width: u32, height: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(width, height, |x, y| {
        let grain = (x * 7919 + y * 104_729) % 61;
        image::Rgb([(x % 251) as u8, (y % 241) as u8, grain as u8 * 4])
    });
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut out, 90);
    encoder.set_exif_metadata(b"II*\0\x08\0\0\0\0\0\0\0\0\0owner: a canary".to_vec()).unwrap();
    encoder.write_image(&picture, width, height, ExtendedColorType::Rgb8).unwrap();
    out
}

/// Puts a picture beside a draft as the editor does; its address.
pub(crate) fn put(browser: &mut Browser<'_>, draft: &str) -> String {
    browser.get(draft);
    let shown = browser.put_file(&format!("{draft}/pictures"), &photograph(40, 30));
    assert_eq!(shown.status, 200, "{}", shown.html);
    format!("{draft}/pictures/{}", name_of(&shown.html))
}

fn name_of(json: &str) -> String {
    let answer: serde_json::Value = serde_json::from_str(json).unwrap();
    answer["src"].as_str().unwrap().to_owned()
}

const ALT: &str = "A bridge of *stone* over a river";

#[test]
fn a_picture_goes_from_a_form_to_readers_in_several_sizes() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    let page = format!("{draft}/pictures");
    assert!(amina.get(&draft).html.contains(&format!("href=\"{page}\"")));
    let empty = amina.get(&page).html;
    assert!(empty.contains("no picture yet") && empty.contains("multipart/form-data"));
    let credit = "A. \"Khan\" [stringer] & daughter";
    let caption = "The bridge in May. Photo: the desk";
    let fields = [("alt", ALT), ("caption", caption), ("credit", credit)];
    let sent = amina.send(&page, &fields, "IMG 1.jpg", &photograph(1300, 500));
    assert_eq!((sent.status, sent.to.as_str()), (303, format!("{page}?did=added").as_str()));
    let list = amina.get(&sent.to).html;
    let (_, rest) = list.split_once("<img src=\"").unwrap();
    let picture = rest.split('"').next().unwrap().to_owned();
    assert!(list.contains(&format!("alt=\"{ALT}\"")), "{list}");
    let bytes = amina.get(&picture);
    assert_eq!((bytes.status, bytes.headers["content-type"].as_bytes()), (200, &b"image/jpeg"[..]));
    assert!(bytes.headers["cache-control"].to_str().unwrap().starts_with("private"));
    assert!(!bytes.html.contains("canary"));
    // The preview shows it from the newsroom, and nobody who is not signed in sees it.
    assert!(amina.get(&format!("{draft}/page")).html.contains(&format!("src=\"{picture}\"")));
    assert_eq!(Browser::new(&house).get(&picture).status, 303);

    // Whoever has a link to the preview sees its pictures, and no other's.
    let preview = format!("{draft}/preview");
    amina.get(&preview);
    let shared = amina.post(&format!("{draft}/share"), &[("words", "Bilal"), ("days", "1")]).html;
    let (_, link) = shared.split_once("/preview/").unwrap();
    let link = format!("/preview/{}", &link[..64]);
    let mut stranger = Browser::new(&house);
    let name = picture.rsplit('/').next().unwrap();
    let shown = format!("{link}/pictures/{name}");
    assert!(stranger.get(&format!("{link}/text")).html.contains(&format!("src=\"{shown}\"")));
    assert_eq!(stranger.get(&shown).status, 200);
    let other = put(&mut amina, &draft);
    let other = other.rsplit('/').next().unwrap();
    assert_eq!(stranger.get(&format!("{link}/pictures/{other}")).status, 404);
    amina.get(&format!("{draft}/publish"));
    let published = amina.post(&format!("{draft}/publish"), &[("version", "3")]);
    assert_eq!(published.status, 303, "{}", published.html);
    let path = the_path(&mut amina);
    let first = house.reads(&path).1;
    let blobs = blobs(&first);
    // 480 and 960 in two formats, and the whole in two.
    assert_eq!(blobs.len(), 6, "{first}");
    assert!(first.contains("<picture><source type=\"image/webp\" srcset=\""), "{first}");
    assert!(first.contains("width=\"1300\" height=\"500\""), "{first}");
    assert!(first.contains("The bridge in May. Photo: the desk"));
    // Who made it stands below it, in the sealed block, in the file and in what machines read.
    assert!(first.contains("[stringer] &amp; daughter</span></figcaption>"), "{first}");
    assert!(
        house
            .reads(&format!("{path}.json"))
            .1
            .contains("\"credit\":\"A. \\\"Khan\\\" [stringer] & daughter\"")
    );
    assert!(house.reads(&format!("{path}.md")).1.contains("{credit=\"A. "));
    assert!(first.contains("\"creditText\":\"A. \\\"Khan\\\" [stringer] & daughter\""), "{first}");
    let whole = "https://news.example/record/blob/";
    assert!(first.contains(&format!("property=\"og:image\" content=\"{whole}")), "{first}");
    assert!(first.contains("property=\"og:image:width\" content=\"1300\""), "{first}");
    assert!(first.contains("\"height\":500"), "{first}");
    let report = check::whole(&Copy::Folder(Folder::at(&house.dir)), &Options::default()).unwrap();
    assert_eq!(report.verdict, ovn_verify::Verdict::Matches, "{report:#?}");

    // A correction keeps them, to the byte.
    let begun = amina.post("/articles/correct", &[("path", &path)]);
    amina.get(&begun.to);
    let text = amina.get(&begun.to).html;
    let (_, text) = text.split_once("<textarea id=\"text\"").unwrap();
    let text = text.split_once('>').unwrap().1.split_once("</textarea>").unwrap().0;
    let text = text.replace("&#34;", "\"").replace("&quot;", "\"").replace("&#38;", "&");
    let text = text.trim_start().replace("Monday", "Friday");
    amina.post(&begun.to, &[("version", "1"), ("text", &text)]);
    amina.get(&format!("{}/publish", begun.to));
    let fields =
        [("version", "2"), ("class", "correction"), ("note", "It is Friday."), ("asked-by", "")];
    let corrected = amina.post(&format!("{}/publish", begun.to), &fields);
    assert_eq!(corrected.status, 303, "{}", corrected.html);
    let second = house.reads(&path).1;
    assert!(second.contains("Friday"));
    assert_eq!(self::blobs(&second), blobs);
}

/// The addresses of archived bytes that a page's pictures name, each of which answers with a picture.
fn blobs(page: &str) -> Vec<String> {
    let mut all: Vec<String> = page
        .match_indices("/record/blob/")
        .map(|(at, _)| page[at + 13..at + 77].to_owned())
        .collect();
    all.sort();
    all.dedup();
    all
}

fn the_path(browser: &mut Browser<'_>) -> String {
    let list = browser.get("/articles").html;
    list.split_once("name=\"path\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

#[test]
fn case_024_what_is_no_picture_is_refused_by_its_name_and_the_words_stay() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    let page = format!("{draft}/pictures");
    amina.get(&page);
    let before = amina.get(&draft).html;
    let fields = [("alt", "A \"map\""), ("caption", "Ours")];
    for (name, file, why) in [
        ("a.jpg", &b"<script>x()</script>"[..], "no JPEG, PNG, GIF or WebP"),
        ("b.heic", b"\0\0\0\x18ftypheic", "HEIC"),
        ("c.png", b"\x89PNG\r\n\x1a\n\0\0", "breaks off"),
        ("d.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no JPEG"),
    ] {
        let shown = amina.send(&page, &fields, name, file);
        assert_eq!(shown.status, 422, "{name}");
        assert!(shown.html.contains(&format!("{name}: the file")), "{name}: {}", shown.html);
        assert!(shown.html.contains(why), "{name}: {}", shown.html);
        assert!(shown.html.contains("value=\"A &#34;map&#34;\""), "{}", shown.html);
        assert_eq!(amina.put_file(&page, file).status, 422);
    }
    let nothing = amina.send(&page, &[("alt", " "), ("caption", "")], "a.jpg", &photograph(9, 9));
    assert_eq!(nothing.status, 422);
    assert!(nothing.html.contains("description"));
    let odd = amina.send(&page, &[("alt", "a"), ("role", "editor")], "a.jpg", &photograph(9, 9));
    assert_eq!(odd.status, 400);
    amina.token = "0".repeat(64);
    let forged = amina.send(&page, &fields, "a.jpg", &photograph(9, 9));
    assert_eq!(forged.status, 403);
    amina.token = "0".repeat(64);
    assert_eq!(amina.put_file(&page, &photograph(9, 9)).status, 403);
    let after = amina.get(&draft).html;
    let text = |html: &str| html.split_once("<textarea id=\"text\"").unwrap().1.to_owned();
    assert_eq!(text(&before).split("</textarea>").next(), text(&after).split("</textarea>").next());
    // Names that are no picture's lead nowhere.
    for name in ["..", "cabinet.sqlite", "%2e%2e", &format!("{}.warc", "0".repeat(64))] {
        assert_eq!(amina.get(&format!("{page}/{name}")).status, 404, "{name}");
    }
}
