//! From a file to upright pixels in sRGB.

use super::{MAX_PIXELS, Pixels};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbaImage};
use moxcms::{ColorProfile, Layout, TransformOptions};
use std::io::Cursor;

const FORMATS: [ImageFormat; 4] =
    [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP];

/// The pixels as they are to be seen.
///
/// # Errors
/// In words that follow the file's name.
pub(super) fn upright(bytes: &[u8]) -> Result<Pixels, String> {
    if is_heif(bytes) {
        return Err("is HEIC or AVIF, which many browsers can't show; save it as JPEG".into());
    }
    let broken = |error: image::ImageError| {
        format!("breaks off or contradicts itself ({error}); save it anew")
    };
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut reader = reader.map_err(|error| error.to_string())?;
    if !reader.format().is_some_and(|format| FORMATS.contains(&format)) {
        return Err("is no JPEG, PNG, GIF or WebP by its bytes; save it as one of them".into());
    }
    let mut limits = Limits::default();
    // Four bytes of every pixel, and as much again for decoders that need room of their own.
    limits.max_alloc = Some(MAX_PIXELS * 8);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width).saturating_mul(height.into()) > MAX_PIXELS {
        let million = MAX_PIXELS / 1_000_000;
        return Err(format!(
            "has {width} by {height} pixels, and at most {million} million may be; make it smaller"
        ));
    }
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let mut image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    image.apply_orientation(turn);
    let mut rgba = image.into_rgba8();
    if let Some(profile) = profile {
        srgb(&mut rgba, &profile);
    }
    let clear = rgba.pixels().any(|pixel| pixel.0.last() != Some(&u8::MAX));
    Ok(Pixels { rgba, clear })
}

/// Brings the pixels from their own colours into sRGB. A profile that can't be read, or is for other than red, green and
/// blue, changes nothing: browsers do the same.
fn srgb(rgba: &mut RgbaImage, profile: &[u8]) {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return };
    let to = ColorProfile::new_srgb();
    let how = TransformOptions::default();
    let Ok(transform) = profile.create_transform_8bit(Layout::Rgba, &to, Layout::Rgba, how) else {
        return;
    };
    // Row by row, so that not the whole picture is there twice.
    let row = usize::try_from(rgba.width()).unwrap_or(usize::MAX).saturating_mul(4).max(4);
    let mut before = Vec::with_capacity(row);
    for row in rgba.chunks_mut(row) {
        before.clear();
        before.extend_from_slice(row);
        if transform.transform(&before, row).is_err() {
            row.copy_from_slice(&before);
        }
    }
}

/// The container of HEIC and AVIF (ISO/IEC 23008-12).
fn is_heif(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8]; 6] = [b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis"];
    bytes.get(4..8) == Some(b"ftyp")
        && bytes.get(8..12).is_some_and(|brand| BRANDS.contains(&brand))
}
