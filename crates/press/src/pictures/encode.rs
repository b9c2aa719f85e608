//! From pixels to a file.

use super::{Encoded, Pixels};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use ovn_edition::model::Format;

/// Of 100, for photographs.
const JPEG_QUALITY: u8 = 84;
/// Of 100; looks like JPEG's at about two thirds of its length.
const WEBP_QUALITY: f32 = 80.0;

/// The pixels in a format. JPEG has no pixels that let through what is behind: it stands on white.
///
/// # Errors
/// In words that follow the picture's name.
pub(super) fn encoded(pixels: &Pixels, format: Format) -> Result<Encoded, String> {
    let (width, height) = pixels.rgba.dimensions();
    let bytes = match format {
        Format::Jpeg => jpeg(pixels),
        Format::Png => png(pixels),
        Format::Webp => webp(pixels),
    };
    let bytes = bytes.map_err(|error| format!("can't be written as {format:?}: {error}"))?;
    Ok(Encoded { bytes, format, width, height })
}

fn jpeg(pixels: &Pixels) -> Result<Vec<u8>, String> {
    let (width, height) = pixels.rgba.dimensions();
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY)
        .write_image(&opaque(pixels), width, height, ExtendedColorType::Rgb8)
        .map_err(|error| error.to_string())?;
    Ok(out)
}

fn png(pixels: &Pixels) -> Result<Vec<u8>, String> {
    let (width, height) = pixels.rgba.dimensions();
    let mut out = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut out, CompressionType::Best, FilterType::Adaptive);
    let written = if pixels.clear {
        encoder.write_image(pixels.rgba.as_raw(), width, height, ExtendedColorType::Rgba8)
    } else {
        encoder.write_image(&opaque(pixels), width, height, ExtendedColorType::Rgb8)
    };
    written.map_err(|error| error.to_string())?;
    Ok(out)
}

fn webp(pixels: &Pixels) -> Result<Vec<u8>, String> {
    let (width, height) = pixels.rgba.dimensions();
    let written = if pixels.clear {
        webp::Encoder::from_rgba(pixels.rgba.as_raw(), width, height)
            .encode_simple(false, WEBP_QUALITY)
    } else {
        webp::Encoder::from_rgb(&opaque(pixels), width, height).encode_simple(false, WEBP_QUALITY)
    };
    Ok(written.map_err(|error| format!("{error:?}"))?.to_vec())
}

/// Red, green and blue of each pixel, on white.
fn opaque(pixels: &Pixels) -> Vec<u8> {
    let over = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        u8::try_from((value * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    let each = pixels.rgba.pixels();
    each.flat_map(|pixel| {
        let [red, green, blue, alpha] = pixel.0;
        [over(red, alpha), over(green, alpha), over(blue, alpha)]
    })
    .collect()
}
