// What the program and liblamina-video.so agree on: plain C types, so that neither has to know the other's compiler or libraries.
// One thread at a time for each film.
#pragma once

#include <cstdint>

extern "C" {

/// Raised by one when anything here changes.
#define LAMINA_VIDEO_VERSION 1

/// Where a film's bytes come from; nothing else is ever opened.
struct LaminaVideoBytes {
    void* context;
    std::int64_t size;
    /// How many of `count` bytes from `offset` on were read: fewer at the end, 0 behind it, -1 where reading failed or shall end.
    std::int64_t (*read)(void* context, std::int64_t offset, std::uint8_t* into, std::int64_t count);
    /// Not 0: give up soon.
    int (*stopped)(void* context);
};

struct LaminaVideoLimits {
    std::int64_t pixels;  ///< of one frame
    int threads;          ///< that decode
};

enum LaminaVideoResult {
    LAMINA_VIDEO_OK = 0,
    LAMINA_VIDEO_END = 1,
    LAMINA_VIDEO_STOPPED = -1,
    LAMINA_VIDEO_DAMAGED = -2,
    LAMINA_VIDEO_NO_PICTURES = -3,
    LAMINA_VIDEO_UNKNOWN_CODEC = -4,
    LAMINA_VIDEO_ENCRYPTED = -5,
    LAMINA_VIDEO_TOO_LARGE = -6,
    LAMINA_VIDEO_NO_MEMORY = -7,
};

/// What the beginning of a film says. It may say anything: for showing and estimating only.
struct LaminaVideoInfo {
    std::int64_t width, height;  ///< as stored
    double seconds;              ///< below 0: not said
    double frameRate;            ///< 0: not said
    int orientation;             ///< how it is to be turned, in EXIF's numbers 1 … 8
    char codec[32];              ///< "h264"
};

struct LaminaVideoFrame {
    std::int64_t number;  ///< from 0, of the whole film
    double seconds;       ///< since the film's first picture, from the exact time stamp
    int width, height;    ///< as shown, not yet turned: pixels are square
};

/// What happened so far.
struct LaminaVideoRemarks {
    std::int64_t damaged;  ///< frames that could not be decoded whole
    double seconds;        ///< where the last frame begins that was seen, wanted or not; below 0: none was
    int cut;               ///< 1: reading ended before the film did
};

struct LaminaVideo;

struct LaminaVideoModule {
    int version;            ///< LAMINA_VIDEO_VERSION
    const char* libraries;  ///< "libavformat 59.27.100, …"
    /// `container`: "mov", "matroska", "avi", "ogg", "mpegts", "mpeg". `info` is filled as far as it is known, `video` where the result is OK.
    int (*open)(const LaminaVideoBytes* bytes, const char* container, const LaminaVideoLimits* limits, LaminaVideoInfo* info, LaminaVideo** video);
    /// The first frame behind the last one that begins at `seconds` or later and has this number or a later one: OK, END or an error.
    int (*next)(LaminaVideo* video, double seconds, std::int64_t number, LaminaVideoFrame* frame);
    /// The frame that next() has found, scaled: three planes of width × height, red, green and blue.
    int (*draw)(LaminaVideo* video, int width, int height, std::uint8_t* planes);
    void (*remarks)(const LaminaVideo* video, LaminaVideoRemarks* remarks);
    void (*close)(LaminaVideo* video);
};

/// `const LaminaVideoModule* lamina_video_module()`
typedef const LaminaVideoModule* (*LaminaVideoEntry)();
}
