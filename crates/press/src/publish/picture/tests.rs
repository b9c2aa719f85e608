//! Pictures made by hand, whole, broken, too large, talkative and of two minds.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;

fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length, kind, data, &[0; 4]].concat()
}

fn png_of(width: u32, height: u32, more: &[u8]) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let parts = [chunk(b"IHDR", &header), more.to_vec(), chunk(b"IDAT", b"x"), chunk(b"IEND", b"")];
    [b"\x89PNG\r\n\x1a\n".to_vec(), parts.concat()].concat()
}

fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], data].concat()
}

fn jpeg_of(width: u16, height: u16, more: &[u8]) -> Vec<u8> {
    let frame = [&[8][..], &height.to_be_bytes(), &width.to_be_bytes(), &[3]].concat();
    let scan = [&segment(0xda, &[1, 1, 0, 0, 63, 0])[..], b"\x12\xff\x00\x34\xff\xd0\x56"].concat();
    let parts = [segment(0xe0, b"JFIF\0"), more.to_vec(), segment(0xc0, &frame), scan];
    [&[0xff, 0xd8][..], &parts.concat(), &[0xff, 0xd9]].concat()
}

fn gif_of(width: u16, height: u16, frames: usize, more: &[u8]) -> Vec<u8> {
    let image = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x4c\x01\0";
    let head = [b"GIF89a", &width.to_le_bytes()[..], &height.to_le_bytes(), &[0x80, 0, 0], &[0; 6]];
    [&head.concat(), more, &image.repeat(frames), &[0x3b]].concat()
}

fn webp_of(width: u32, height: u32, more: &[(&[u8], &[u8])]) -> Vec<u8> {
    let size = |number: u32| (number - 1).to_le_bytes()[..3].to_vec();
    let head = [vec![0; 4], size(width), size(height)].concat();
    let one = |kind: &[u8], data: &[u8]| {
        let length = u32::try_from(data.len()).unwrap().to_le_bytes();
        [kind, &length, data, &vec![0; data.len() % 2]].concat()
    };
    let more: Vec<u8> = more.iter().flat_map(|(kind, data)| one(kind, data)).collect();
    let body = [b"WEBP".to_vec(), one(b"VP8X", &head), more].concat();
    [b"RIFF", &u32::try_from(body.len()).unwrap().to_le_bytes()[..], &body].concat()
}

fn check(bytes: &[u8], expected: Option<&str>) {
    let fault = fault(bytes);
    match expected {
        None => assert_eq!(fault, None),
        Some(words) => assert!(
            fault.as_deref().is_some_and(|fault| fault.contains(words)),
            "{words}: {fault:?}"
        ),
    }
}

#[test]
fn pictures_of_four_formats_pass() {
    check(&png_of(640, 480, b""), None);
    check(&jpeg_of(640, 480, &segment(0xe2, b"ICC_PROFILE\0\x01\x01")), None);
    check(&gif_of(64, 48, 3, b"\x21\xf9\x04\0\0\0\0\0"), None);
    check(&webp_of(640, 480, &[(b"VP8L", b"\x2f\0\0\0\0")]), None);
}

#[test]
fn case_021_no_declared_size_is_believed() {
    check(&png_of(65_536, 65_536, b""), Some("65536 by 65536 pixels"));
    check(&png_of(u32::MAX, u32::MAX, b""), Some("at most 100 million"));
    check(&gif_of(65_535, 65_535, 1, b""), Some("65535 by 65535 pixels"));
    check(&jpeg_of(65_535, 65_535, b""), Some("at most 100 million"));
    check(&webp_of(1 << 24, 1 << 24, &[]), Some("at most 100 million"));
    check(&png_of(0, 480, b""), Some("contradicts itself"));
    check(b"\0\0\x01\0\x01\0", Some("is no JPEG"));
    check(b"II*\0\x08\0\0\0", Some("is no JPEG"));
    // A part that says that it is longer than the file.
    let mut long = png_of(1, 1, b"");
    long[8..12].copy_from_slice(&[0xff; 4]);
    check(&long, Some("breaks off"));
}

#[test]
fn case_022_frames_are_counted() {
    check(&gif_of(1, 1, 1000, b""), None);
    check(&gif_of(1, 1, 100_000, b""), Some("100000 frames"));
    let frames: Vec<(&[u8], &[u8])> = vec![(b"ANMF", b""); 100_000];
    check(&webp_of(1, 1, &frames), Some("100000 frames"));
    let told = [&100_000_u32.to_be_bytes()[..], &[0; 4]].concat();
    check(&png_of(1, 1, &chunk(b"acTL", &told)), Some("100000 frames"));
}

#[test]
fn case_023_a_drawing_with_script_is_no_picture() {
    check(b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>", Some("is no JPEG"));
    check(b"<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>", Some("is no JPEG"));
    check(b"\x1f\x8b\x08", Some("is no JPEG"));
}

#[test]
fn case_024_the_bytes_decide_and_end_where_the_picture_does() {
    check(b"<!doctype html><script>alert(1)</script>", Some("is no JPEG"));
    check(b"GIF89a=1;alert(1)//", Some("breaks off"));
    check(b"", Some("is no JPEG"));
    let behind = b"PK\x03\x04 or <script>";
    for picture in [png_of(1, 1, b""), jpeg_of(1, 1, b""), gif_of(1, 1, 1, b""), webp_of(1, 1, &[])]
    {
        check(&[&picture[..], behind].concat(), Some("16 bytes behind its end"));
        for length in 0..picture.len() {
            assert!(fault(&picture[..length]).is_some(), "{length} of {}", picture.len());
        }
    }
}

#[test]
fn case_025_what_tells_of_people_and_places_is_refused() {
    check(&jpeg_of(1, 1, &segment(0xe1, b"Exif\0\0II*\0")), Some("carries Exif"));
    check(
        &jpeg_of(1, 1, &segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x/>")),
        Some("carries XMP"),
    );
    check(&jpeg_of(1, 1, &segment(0xed, b"Photoshop 3.0\0")), Some("carries IPTC"));
    check(&jpeg_of(1, 1, &segment(0xe2, b"MPF\0")), Some("further pictures"));
    check(&jpeg_of(1, 1, &segment(0xe6, b"Maker")), Some("a camera's own data"));
    check(&jpeg_of(1, 1, &segment(0xfe, b"by A. Person")), Some("a comment"));
    check(&png_of(1, 1, &chunk(b"eXIf", b"II*\0")), Some("carries Exif"));
    check(&png_of(1, 1, &chunk(b"iTXt", b"XML:com.adobe.xmp")), Some("carries text"));
    check(&png_of(1, 1, &chunk(b"tEXt", b"Author\0A. Person")), Some("carries text"));
    check(&gif_of(1, 1, 1, b"\x21\xfe\x02by\0"), Some("a comment"));
    check(&gif_of(1, 1, 1, b"\x21\xff\x0bXMP DataXMP\x01x\0"), Some("carries XMP"));
    check(&webp_of(1, 1, &[(b"EXIF", b"II*\0")]), Some("carries Exif"));
    check(&webp_of(1, 1, &[(b"XMP ", b"<x/>")]), Some("carries XMP"));
}
