//! Files by their bytes: what they are, what they tell, and those that are made to make a reader fall.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use super::*;
use flate2::Compression;
use flate2::write::{DeflateEncoder, ZlibEncoder};
use proptest::prelude::*;
use std::io::Write;

/// A part of an archive: its name, its bytes, and what is strange about it.
struct Made<'a> {
    name: &'a str,
    bytes: &'a [u8],
    /// The length that it says it has.
    says: Option<u32>,
    mode: u32,
}

fn made<'a>(name: &'a str, bytes: &'a [u8]) -> Made<'a> {
    Made { name, bytes, says: None, mode: 0o100_644 }
}

fn zip(parts: &[Made<'_>]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for part in parts {
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
        packer.write_all(part.bytes).unwrap();
        let packed = packer.finish().unwrap();
        let (long, size) = (packed.len() as u32, part.says.unwrap_or(part.bytes.len() as u32));
        let mut head = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        head.extend([long.to_le_bytes(), size.to_le_bytes()].concat());
        head.extend((part.name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        let at = out.len() as u32;
        out.extend([b"PK\x03\x04", &head[..], part.name.as_bytes(), &packed].concat());
        list.extend(b"PK\x01\x02\x14\x03");
        list.extend(&head);
        list.extend([0; 6]);
        list.extend((part.mode << 16).to_le_bytes());
        list.extend(at.to_le_bytes());
        list.extend(part.name.as_bytes());
    }
    let count = (parts.len() as u16).to_le_bytes();
    let start = out.len() as u32;
    let end = [
        b"PK\x05\x06\0\0\0\0".as_slice(),
        &count,
        &count,
        &(list.len() as u32).to_le_bytes(),
        &start.to_le_bytes(),
        &[0, 0],
    ];
    out.extend(&list);
    out.extend(end.concat());
    out
}

const TYPES: &[u8] = b"<Types/>";
const CORE: &[u8] = b"<cp:coreProperties><dc:creator>R. Example</dc:creator><cp:lastModifiedBy>S. Sample &amp; Co</cp:lastModifiedBy><dcterms:created>2026-11-02T09:00:00Z</dcterms:created></cp:coreProperties>";
const BODY: &[u8] = b"<w:document><w:p><w:r><w:t>The bridge</w:t></w:r></w:p><w:p><w:ins w:author=\"S. Sample\"><w:r><w:t> holds</w:t></w:r></w:ins><w:del w:author=\"R. Example\"><w:r><w:delText>falls</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p></w:document>";
const COMMENTS: &[u8] = b"<w:comments><w:comment w:author=\"T. Third\"/><w:comment w:author=\"T. Third\"/></w:comments>";
const RELS: &[u8] = b"<Relationships><Relationship Type=\"http://x/attachedTemplate\" Target=\"https://templates.example/t.dotm\" TargetMode=\"External\"/><Relationship Type=\"http://x/hyperlink\" Target=\"https://link.example/\" TargetMode=\"External\"/></Relationships>";

fn docx() -> Vec<u8> {
    zip(&[
        made("[Content_Types].xml", TYPES),
        made("docProps/core.xml", CORE),
        made("word/document.xml", BODY),
        made("word/comments.xml", COMMENTS),
        made("word/vbaProject.bin", b"x"),
        made("word/_rels/settings.xml.rels", RELS),
    ])
}

fn pdf() -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(b"4 0 obj << /Keywords (in a stream) /JS (app.alert) >>").unwrap();
    let packed = packer.finish().unwrap();
    let mut out = b"%PDF-1.7\n1 0 obj << /Author (R\\. Example \\(desk\\)) /Producer <FEFF0041> /CreationDate (D:20261102090000Z) >> endobj\n".to_vec();
    out.extend(b"2 0 obj << /Type /ObjStm >> stream\r\n");
    out.extend(&packed);
    out.extend(
        b"\nendstream endobj\n3 0 obj << /Subtype /Highlight /T (S. Sample) /Popup 5 0 R >>\n",
    );
    out.extend(b"<x:xmpmeta><rdf:Description xmp:CreatorTool=\"Pressworks 3\"><dc:creator><rdf:Seq><rdf:li>X. Imp</rdf:li></rdf:Seq></dc:creator></rdf:Description></x:xmpmeta>\n");
    out.extend(b"startxref\n%%EOF\nstartxref\n%%EOF\n");
    out
}

const MAIL: &[u8] = b"Received: from mail.sender.example (192.0.2.7)\r\n\tby mx.example; Mon, 2 Nov 2026 09:00:00 +0500\r\nFrom: =?utf-8?B?2KfZhduM2YbbgQ==?= <amina@sender.example>\r\nTo: desk@news.example\r\nSubject: =?iso-8859-1?Q?Br=FCcke?=\r\n =?utf-8?Q?_plan?=\r\nX-Mailer: Pigeon 2\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"cut\"\r\n\r\n--cut\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe bridge =3D safe.\r\n--cut\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"plan.pdf\"\r\n\r\nx\r\n--cut--\r\n";

/// A photograph with the fields of a camera.
fn photograph() -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x03".to_vec();
    tiff.extend(b"\x01\x10\0\x02\0\0\0\x06\0\0\0\x32");
    tiff.extend(b"\x01\x3b\0\x02\0\0\0\x03AK\0\0");
    tiff.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x38");
    tiff.extend(b"\0\0\0\0");
    tiff.extend(b"Cam 1\0");
    tiff.extend(b"\0\x04\0\x01\0\x02\0\0\0\x02N\0\0\0\0\x02\0\x05\0\0\0\x03\0\0\0\x6e\0\x03\0\x02\0\0\0\x02E\0\0\0\0\x04\0\x05\0\0\0\x03\0\0\0\x86\0\0\0\0");
    for degrees in [24_u32, 67] {
        for part in [degrees, 1, 30, 1, 0, 1] {
            tiff.extend(part.to_be_bytes());
        }
    }
    let mut out = b"\xff\xd8\xff\xe1".to_vec();
    out.extend((tiff.len() as u16 + 8).to_be_bytes());
    out.extend([b"Exif\0\0".as_slice(), &tiff, b"\xff\xd9"].concat());
    out
}

#[test]
fn case_024_the_bytes_of_a_source_say_what_it_is_and_another_name_is_told() {
    let check = |name: &str, bytes: &[u8], kind: Kind, named: Option<&str>| {
        let found = look(name, bytes).unwrap();
        assert_eq!((found.kind, found.named.as_deref()), (kind, named), "{name}");
    };
    check("a.pdf", &pdf(), Kind::Pdf, None);
    check("a.jpg", &pdf(), Kind::Pdf, Some("jpg"));
    check("a.JPEG", &photograph(), Kind::Jpeg, None);
    check("plan.docx", &docx(), Kind::Docx, None);
    check("plan.pdf", &docx(), Kind::Docx, Some("pdf"));
    check("m.eml", MAIL, Kind::Mail, None);
    check("m.txt", MAIL, Kind::Mail, Some("txt"));
    check("rows.csv", b"a,b\n1,2\n", Kind::Csv, None);
    check("rows.txt", b"a,b\n1,2\n", Kind::Text, None);
    check("x.html", b"<script>steal()</script>", Kind::Text, Some("html"));
    check(
        "x.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        Kind::Text,
        Some("svg"),
    );
    check("old", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", Kind::Ole, None);
    check("latin", b"Br\xfccke", Kind::Text, None);
    let sheet = zip(&[made("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]);
    check("t.ods", &sheet, Kind::Ods, None);
}

#[test]
#[allow(clippy::too_many_lines)]
fn case_026_a_document_tells_who_made_it() {
    let check = |name: &str, bytes: &[u8], expected: &[(&str, &str)]| {
        let found = look(name, bytes).unwrap();
        let facts: Vec<(&str, &str)> =
            found.facts.iter().map(|fact| (fact.key.as_str(), fact.value.as_str())).collect();
        for fact in expected {
            assert!(facts.contains(fact), "{name}: {fact:?} in {facts:?}");
        }
        found.words
    };
    let words = check(
        "a.docx",
        &docx(),
        &[
            ("author", "R. Example"),
            ("last-author", "S. Sample & Co"),
            ("made", "2026-11-02T09:00:00Z"),
            ("changes", "2 (S. Sample, R. Example)"),
            ("hidden", "1"),
            ("comments", "2 (T. Third)"),
            ("macros", ""),
            ("outside", "https://templates.example/t.dotm"),
        ],
    );
    assert!(words.starts_with("The bridge\n holds"), "{words}");
    check(
        "a.pdf",
        &pdf(),
        &[
            ("author", "R. Example (desk)"),
            ("producer", "A"),
            ("made", "20261102090000Z"),
            ("keywords", "in a stream"),
            ("scripts", ""),
            ("comments", ""),
            ("comment-author", "S. Sample"),
            ("xmp", ""),
            ("program", "Pressworks 3"),
            ("author", "X. Imp"),
            ("earlier", "1"),
        ],
    );
    let words = check(
        "a.eml",
        MAIL,
        &[
            ("from", "امینہ <amina@sender.example>"),
            ("to", "desk@news.example"),
            ("subject", "Brücke plan"),
            ("program", "Pigeon 2"),
            ("attached", "plan.pdf"),
            (
                "received",
                "from mail.sender.example (192.0.2.7) by mx.example; Mon, 2 Nov 2026 09:00:00 +0500",
            ),
        ],
    );
    assert!(words.contains("The bridge = safe."), "{words}");
    check(
        "a.jpg",
        &photograph(),
        &[
            ("carries", "Exif"),
            ("camera", "Cam 1"),
            ("author", "AK"),
            ("place", "24.50000, 67.50000"),
        ],
    );
    assert_eq!(look("a.txt", b"Plain words.").unwrap().facts, []);
}

#[test]
fn case_026_an_open_document_tells_it_too() {
    let meta = b"<office:meta><meta:initial-creator>R. Example</meta:initial-creator><meta:generator>Writer 7</meta:generator></office:meta>";
    let content = "<office:text><text:tracked-changes><text:changed-region><dc:creator>S. Sample</dc:creator></text:changed-region></text:tracked-changes><text:p>پل<text:span> کھلا</text:span></text:p><office:annotation><dc:creator>T. Third</dc:creator><text:p>no</text:p></office:annotation></office:text>";
    let file = zip(&[
        made("mimetype", b"application/vnd.oasis.opendocument.text"),
        made("meta.xml", meta),
        made("content.xml", content.as_bytes()),
        made("Basic/script.xml", b"x"),
    ]);
    let found = look("a.odt", &file).unwrap();
    assert_eq!(found.words, "پل کھلا\n");
    for (key, value) in [
        ("author", "R. Example"),
        ("program", "Writer 7"),
        ("changes", "1 (S. Sample)"),
        ("comments", "1 (T. Third)"),
        ("macros", ""),
    ] {
        assert!(
            found.facts.contains(&Fact { key: key.into(), value: value.into() }),
            "{key}: {found:?}"
        );
    }
}

#[test]
fn case_027_a_name_is_shown_and_leads_nowhere() {
    let check = |name: &str, expected: &str| assert_eq!(name_shown(name), expected, "{name:?}");
    check("../../etc/passwd", "passwd");
    check("..\\..\\boot.ini", "boot.ini");
    check("photo\u{202e}gpj.exe", "photogpj.exe");
    check("a\nb\0c.pdf", "a b c.pdf");
    check("CON", "CON");
    assert_eq!(name_shown(&"x".repeat(4096)).len(), 120);
}

#[test]
fn case_028_archives_are_refused_before_anything_is_unpacked() {
    let check = |name: &str, bytes: &[u8], why: &str| {
        let said = look(name, bytes).unwrap_err();
        assert!(said.contains(why), "{name}: {said}");
    };
    let with = |part: Made<'_>| {
        zip(&[made("[Content_Types].xml", TYPES), made("word/document.xml", BODY), part])
    };
    check("a.zip", &zip(&[made("inner.zip", b"PK\x03\x04")]), "is an archive");
    check("a.rar", b"Rar!\x1a\x07\0", "is an archive");
    check("a.gz", b"\x1f\x8b\x08", "is an archive");
    check("empty.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "is an archive");
    for name in ["../../x", "/etc/passwd", "a\\b", "C:x", "word/../../x", "a\nb"] {
        check(name, &with(made(name, b"x")), "lead elsewhere");
    }
    check("twice", &with(made("WORD/document.xml", b"x")), "stand twice");
    check("link", &with(Made { mode: 0o120_777, ..made("word/x", b"/etc") }), "lead elsewhere");
    let zeros = vec![0; 12 << 20];
    let many: Vec<Made<'_>> =
        [made("[Content_Types].xml", TYPES), made("word/document.xml", &zeros)].into();
    let bomb = zip(&many);
    let says = Made { says: Some(u32::MAX), ..made("word/x", b"x") };
    check("says 4 GiB", &with(says), "swells");
    let long: Vec<u8> = [&bomb[..], &[0; 10]].concat();
    check("goes on", &long, "breaks off");
    // A part that unpacks to more than the list says.
    let lies = Made { says: Some(10), ..made("docProps/core.xml", &zeros) };
    check("lies", &with(lies), "swells");
    let names: Vec<String> = (0..10_001).map(|number| format!("word/{number}")).collect();
    let all: Vec<Made<'_>> = names.iter().map(|name| made(name, b"")).collect();
    check("many", &zip(&all), "has 10001 parts");
    // Two parts that share their bytes.
    let mut over = with(made("word/x", b"x"));
    let list = find(&over, b"PK\x01\x02", 0).unwrap();
    let third = find(&over, b"word/x", list).unwrap() - 46;
    let second = find(&over, b"word/document.xml", list).unwrap() - 46;
    let long: [u8; 4] = over[second + 20..second + 24].try_into().unwrap();
    let more = (u32::from_le_bytes(long) + 10).to_le_bytes();
    over[second + 20..second + 24].copy_from_slice(&more);
    assert!(third > second);
    check("over", &over, "over one another");
    check("program.exe", b"MZ\x90\0\x03", "is a program");
    check("none", b"\0\x01\x02", "none of what is kept");
    check("nothing", b"", "is empty");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn no_bytes_make_a_reader_fall(at in 0_usize..4000, byte: u8, cut in 0_usize..4000, which in 0_usize..4) {
        let mut file = [docx(), pdf(), MAIL.to_vec(), photograph()][which].clone();
        let length = file.len();
        file[at % length] = byte;
        for bytes in [&file[..], &file[..cut % length], &file[cut % length..]] {
            if let Ok(found) = look("a.pdf", bytes) {
                prop_assert!(found.facts.len() <= FACTS && found.words.len() <= super::WORDS);
                prop_assert!(found.facts.iter().all(|fact| fact.value.chars().count() <= VALUE));
            }
        }
    }
}
