//! Pictures turned, coloured, large, broken, talkative, and what is made of them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, RgbImage};
use std::io::Cursor;

/// Red above green, with a slope of blue so that not every row is one colour.
fn scene(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let blue = u8::try_from(x * 255 / width).unwrap();
        image::Rgb(if y < height / 2 { [200, 30, blue / 4] } else { [20, 160, blue / 4] })
    })
}

fn jpeg_with(picture: &RgbImage, exif: Option<Vec<u8>>, icc: Option<Vec<u8>>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut out, 95);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif).unwrap();
    }
    if let Some(icc) = icc {
        encoder.set_icc_profile(icc).unwrap();
    }
    let (width, height) = picture.dimensions();
    encoder.write_image(picture, width, height, ExtendedColorType::Rgb8).unwrap();
    out
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    jpeg_with(picture, None, None)
}

/// Exif with an orientation and a place: TIFF, little-endian, two entries.
fn exif(turn: u8) -> Vec<u8> {
    let mut out = b"II*\0\x08\0\0\0\x02\0".to_vec();
    out.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, turn, 0, 0, 0]);
    out.extend([0x0e, 0x01, 2, 0, 20, 0, 0, 0, 38, 0, 0, 0]);
    out.extend([0; 4]);
    out.extend(b"the house by a river");
    out
}

fn pixels(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(bytes).unwrap().into_rgb8()
}

fn near(found: [u8; 3], wanted: [u8; 3]) {
    let far = found.iter().zip(wanted).map(|(a, b)| a.abs_diff(b)).max().unwrap();
    assert!(far < 12, "{found:?} is not {wanted:?}");
}

#[test]
fn case_025_a_photograph_is_upright_and_tells_of_nobody() {
    // As a camera held sideways writes it: its top is at the scene's right.
    let lying = image::imageops::rotate270(&scene(300, 200));
    let given = jpeg_with(&lying, Some(exif(6)), None);
    assert!(picture::fault(&given).unwrap().contains("Exif"));
    let kept = kept(&given).unwrap();
    assert_eq!((kept.format, kept.width, kept.height), (Format::Jpeg, 300, 200));
    assert_eq!(picture::fault(&kept.bytes), None);
    assert!(!kept.bytes.windows(9).any(|part| part == b"the house"));
    let shown = pixels(&kept.bytes);
    near(shown.get_pixel(10, 20).0, [200, 30, 2]);
    near(shown.get_pixel(10, 180).0, [20, 160, 2]);
}

#[test]
fn colours_come_into_srgb() {
    let icc = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let kept = kept(&jpeg_with(&scene(64, 64), None, Some(icc))).unwrap();
    let found = pixels(&kept.bytes).get_pixel(4, 8).0;
    // The same numbers stand for more red in Display P3 than in sRGB.
    assert!(found[0] > 210 && found[1] < 25, "{found:?}");
    let plain = pixels(&super::kept(&jpeg(&scene(64, 64))).unwrap().bytes);
    near(plain.get_pixel(4, 8).0, [200, 30, 3]);
}

#[test]
fn nothing_is_kept_larger_than_pages_need() {
    let check = |width, height, expected| {
        let kept = kept(&jpeg(&scene(width, height))).unwrap();
        assert_eq!((kept.width, kept.height), expected, "{width} by {height}");
    };
    check(100, 50, (100, 50));
    check(2000, 40, (2000, 40));
    check(3000, 60, (2000, 40));
    check(40, 5000, (32, 4000));
    check(4001, 1, (2000, 1));
}

#[test]
fn what_lets_light_through_stays_so() {
    let clear = image::RgbaImage::from_fn(600, 40, |x, _| image::Rgba([9, 9, 9, (x % 256) as u8]));
    let mut given = Vec::new();
    let (width, height) = clear.dimensions();
    PngEncoder::new(&mut given)
        .write_image(&clear, width, height, ExtendedColorType::Rgba8)
        .unwrap();
    let kept = kept(&given).unwrap();
    assert_eq!(kept.format, Format::Png);
    let (_, smaller) = renditions(&kept.bytes).unwrap();
    assert!(smaller.iter().all(|one| one.format != Format::Jpeg));
    for one in &smaller {
        let shown = image::load_from_memory(&one.bytes).unwrap().into_rgba8();
        assert!(shown.pixels().any(|pixel| pixel.0[3] < 40), "{:?}", one.format);
    }
}

#[test]
fn a_drawing_stays_png_where_that_is_short() {
    let drawn = RgbImage::from_fn(800, 500, |x, y| {
        image::Rgb(if (x / 40 + y / 40) % 2 == 0 { [255; 3] } else { [0, 0, 90] })
    });
    let mut given = Vec::new();
    DynamicImage::from(drawn).write_to(&mut Cursor::new(&mut given), ImageFormat::Png).unwrap();
    let kept = kept(&given).unwrap();
    assert_eq!(kept.format, Format::Png);
    assert_eq!(picture::fault(&kept.bytes), None);
}

#[test]
fn renditions_are_narrower_or_shorter_and_the_same_each_time() {
    let noisy = RgbImage::from_fn(1200, 700, |x, y| {
        let value = (x * 7919 + y * 104_729) % 97;
        image::Rgb([value as u8 * 2, (x / 5) as u8, (y / 3) as u8])
    });
    let whole = jpeg(&noisy);
    let (own, smaller) = renditions(&whole).unwrap();
    assert_eq!((own.format, own.width, own.height), (Format::Jpeg, 1200, 700));
    assert_eq!(own.bytes, whole);
    let all: Vec<_> = smaller.iter().map(|one| (one.format, one.width, one.height)).collect();
    let (jpeg, webp) = (Format::Jpeg, Format::Webp);
    assert_eq!(
        all,
        [(webp, 480, 280), (jpeg, 480, 280), (webp, 960, 560), (jpeg, 960, 560), (webp, 1200, 700)]
    );
    for one in &smaller {
        assert!(one.bytes.len() < whole.len());
        assert_eq!(picture::fault(&one.bytes), None, "{:?}", one.format);
        assert_eq!(pixels(&one.bytes).dimensions(), (one.width, one.height));
    }
    assert_eq!(renditions(&whole).unwrap(), (own, smaller));
    // A picture that is as narrow as the narrowest has itself in WebP at most.
    let (_, small) = renditions(&super::tests::jpeg(&scene(200, 100))).unwrap();
    assert!(small.len() <= 1);
}

#[test]
fn case_021_no_giant_and_nothing_broken_is_decoded() {
    let check = |bytes: &[u8], expected: &str| {
        let why = kept(bytes).unwrap_err();
        assert!(why.contains(expected), "{expected}: {why}");
    };
    check(b"<svg onload=\"x()\"/>", "no JPEG, PNG, GIF or WebP");
    check(b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC");
    check(b"", "no JPEG, PNG, GIF or WebP");
    check(&vec![0; LONGEST + 1], "longer than 25 MiB");
    let whole = jpeg(&scene(64, 64));
    check(&whole[..40], "breaks off");
    let mut png = Vec::new();
    DynamicImage::from(scene(8, 8)).write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
    check(&png[..png.len() / 2], "breaks off");
    // 60,000 by 60,000 in its head, a few bytes behind it.
    let mut giant = png.clone();
    giant[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    assert!(kept(&giant).is_err());
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\0\0\0".to_vec();
    let frame = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x4c\x01\0".repeat(2);
    check(&[gif, frame, vec![0x3b]].concat(), "moves");
}

#[test]
fn no_damage_makes_it_fall() {
    let whole = [jpeg(&scene(48, 32)), kept(&jpeg(&scene(48, 32))).unwrap().bytes];
    let mut png = Vec::new();
    DynamicImage::from(scene(48, 32))
        .write_to(&mut Cursor::new(&mut png), ImageFormat::Png)
        .unwrap();
    let mut webp = Vec::new();
    DynamicImage::from(scene(48, 32))
        .write_to(&mut Cursor::new(&mut webp), ImageFormat::WebP)
        .unwrap();
    let mut chance = 12_345_u32;
    for given in whole.iter().chain([&png, &webp]) {
        for _ in 0..400 {
            let mut bad = given.clone();
            for _ in 0..3 {
                chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let place = chance as usize % bad.len();
                bad[place] = (chance >> 13) as u8;
            }
            if let Ok(kept) = kept(&bad) {
                assert_eq!(picture::fault(&kept.bytes), None);
            }
        }
    }
}
