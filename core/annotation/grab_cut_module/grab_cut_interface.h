// What the program and liblamina-grabcut.so agree on: plain C, so that neither needs to know how the other was built.
#pragma once

#include <cstdint>

namespace lamina {

/// Of a pixel; the numbers are OpenCV's.
enum GrabCutMark : std::uint8_t { grabCutGround = 0, grabCutObject = 1, grabCutGroundMaybe = 2, grabCutObjectMaybe = 3 };

struct GrabCutWork {
    const std::uint8_t* bgr;   ///< width × height × 3, row by row
    std::uint8_t* marks;       ///< width × height of GrabCutMark; the marks that say "maybe" are decided anew
    int width, height;
    int rounds;                ///< at most so many; fewer where nothing changes any more
    double* colours;           ///< 130: what was learned of the ground and of the object; 0 at first, then from one size of a picture to the next
    bool (*goesOn)(const void* asked);  ///< asked before each round
    const void* asked;
};

/// `extern "C"`; nullptr, or what went wrong, valid until this thread calls again. The same marks for the same work.
using GrabCutFunction = const char* (*)(const GrabCutWork* work);
/// Another number where GrabCutWork changes.
inline constexpr const char* grabCutFunction = "lamina_grab_cut_1";
inline constexpr const char* grabCutFile = "liblamina-grabcut.so";

}  // namespace lamina
