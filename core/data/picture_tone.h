// Brightness and contrast taken out of a picture's signature: copies that are brighter, darker, flatter or of another tone curve become the same.
#pragma once

#include <optional>

#include "core/data/picture_likeness.h"

namespace lamina {

/// Even: mean and spread are made the same, which takes out any brightness and contrast. Ranked: the fields' order alone counts, which takes out any tone
/// curve, and light that was cut off, too.
enum class ToneRule : std::uint8_t { Even, Ranked };

/// Mean 128, deviation 32 levels. Empty where the picture is too flat to be told by that, or (Ranked) has large even areas, whose order is noise.
std::optional<PictureSignature> withoutTone(const PictureSignature& picture, ToneRule rule);

}  // namespace lamina
