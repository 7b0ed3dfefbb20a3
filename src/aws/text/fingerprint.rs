//! One number made of many, to tell apart quickly what may be alike.

/// The number with one more taken into it. The highest bits of what comes out tell most apart; zero is the start.
pub fn fingerprint(so_far: u32, one: u32) -> u32 {
    (so_far.rotate_left(5) ^ one).wrapping_mul(0x9E37_79B1)
}
