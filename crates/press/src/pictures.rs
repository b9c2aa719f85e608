//! Pictures: what is kept of a photograph that somebody gives the newsroom, and the renditions that pages show of it.
//!
//! What is kept is made anew from the pixels, so that nothing of the file itself remains: no place, no name, no camera, no
//! second file behind its end. Pixels are turned upright as the file says (Exif) and brought into sRGB (ICC.1). The original
//! is not kept.

mod encode;
mod keeping;
pub(crate) mod made;
mod read;

pub use keeping::{Kept, Shown, Words, name_of};

use crate::publish::picture;
use encode::encoded;
use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::RgbaImage;
use ovn_edition::model::Format;

/// The longest file that is read: 25 MiB.
pub const LONGEST: usize = 25 << 20;
/// The most pixels that are decoded, 64 million: about half a gigabyte while it is done, for one picture at a time.
pub const MAX_PIXELS: u64 = 64_000_000;
/// The widest that a picture is kept, in pixels: twice the widest column.
pub const WIDEST: u32 = 2000;
/// The highest that a picture is kept, in pixels.
pub const HIGHEST: u32 = 4000;
/// How wide the renditions are, where the picture is wider, in pixels.
pub const WIDTHS: [u32; 3] = [480, 960, 1600];

/// A picture in one width and format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// How they are encoded.
    pub format: Format,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// Pixels, and whether any of them lets through what is behind.
struct Pixels {
    rgba: RgbaImage,
    clear: bool,
}

/// What is kept of a picture that was given: upright, in sRGB, no larger than pages need, with nothing but its pixels.
/// Photographs become JPEG; what lets light through, and drawings that are shorter so, PNG.
///
/// # Errors
/// In words that follow the file's name: what it is instead, or why it can't be read, and what to do.
pub fn kept(bytes: &[u8]) -> Result<Encoded, String> {
    if bytes.len() > LONGEST {
        return Err("is longer than 25 MiB; save it smaller".into());
    }
    if picture::frames(bytes).is_some_and(|frames| frames > 1) {
        return Err("moves; save one frame of it, or link to where it plays".into());
    }
    let drawn = !bytes.starts_with(&[0xff, 0xd8]);
    let pixels = read::upright(bytes)?;
    let pixels = within(pixels)?;
    let jpeg = || encoded(&pixels, Format::Jpeg);
    if pixels.clear {
        return encoded(&pixels, Format::Png);
    }
    if !drawn {
        return jpeg();
    }
    let (png, jpeg) = (encoded(&pixels, Format::Png)?, jpeg()?);
    Ok(if png.bytes.len() <= jpeg.bytes.len().saturating_mul(2) { png } else { jpeg })
}

/// The renditions of a picture that is published, without the picture itself: narrower ones in its own format, and all
/// widths in WebP, each only where it is shorter than the picture. None for what moves.
///
/// # Errors
/// As [`kept`].
pub fn renditions(bytes: &[u8]) -> Result<(Encoded, Vec<Encoded>), String> {
    let format = match bytes {
        [0xff, 0xd8, ..] => Format::Jpeg,
        [0x89, b'P', ..] => Format::Png,
        _ => Format::Webp,
    };
    let pixels = read::upright(bytes)?;
    let (width, height) = pixels.rgba.dimensions();
    let own = Encoded { bytes: bytes.to_vec(), format, width, height };
    let mut out = Vec::new();
    let mut add = |pixels: &Pixels, format| -> Result<(), String> {
        let one = encoded(pixels, format)?;
        if one.bytes.len() < bytes.len() {
            out.push(one);
        }
        Ok(())
    };
    for wide in WIDTHS.into_iter().filter(|wide| *wide < width) {
        let smaller = resized(&pixels, wide, scaled(height, wide, width))?;
        add(&smaller, Format::Webp)?;
        if format != Format::Webp {
            add(&smaller, format)?;
        }
    }
    if format != Format::Webp && width <= WIDEST {
        add(&pixels, Format::Webp)?;
    }
    Ok((own, out))
}

/// No wider and no higher than is kept.
fn within(pixels: Pixels) -> Result<Pixels, String> {
    let (width, height) = pixels.rgba.dimensions();
    let (mut wide, mut high) = (width, height);
    if wide > WIDEST {
        (wide, high) = (WIDEST, scaled(high, WIDEST, wide));
    }
    if high > HIGHEST {
        (wide, high) = (scaled(wide, HIGHEST, high), HIGHEST);
    }
    if (wide, high) == (width, height) { Ok(pixels) } else { resized(&pixels, wide, high) }
}

/// `length · to / from`, rounded, and at least one.
fn scaled(length: u32, to: u32, from: u32) -> u32 {
    let product = u64::from(length) * u64::from(to) + u64::from(from) / 2;
    u32::try_from(product / u64::from(from.max(1))).unwrap_or(u32::MAX).max(1)
}

fn resized(pixels: &Pixels, width: u32, height: u32) -> Result<Pixels, String> {
    let failed = |error: String| format!("can't be made smaller: {error}");
    let (from_width, from_height) = pixels.rgba.dimensions();
    let from = pixels.rgba.as_raw();
    let from =
        fast_image_resize::images::ImageRef::new(from_width, from_height, from, PixelType::U8x4)
            .map_err(|error| failed(error.to_string()))?;
    let mut to = Image::new(width, height, PixelType::U8x4);
    let how = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(&from, &mut to, &how).map_err(|error| failed(error.to_string()))?;
    let rgba = RgbaImage::from_raw(width, height, to.into_vec());
    let rgba = rgba.ok_or_else(|| failed("its rows don't agree".into()))?;
    Ok(Pixels { rgba, clear: pixels.clear })
}

#[cfg(test)]
mod tests;
