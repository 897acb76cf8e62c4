// One film, read from front to back. FFmpeg's libraries are loaded with the first one (core/data/video); where that cannot be, an error says why.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/files.h"
#include "core/data/image.h"

namespace lamina {

/// File names that films have: "*.mp4", "*.mkv" …
const std::vector<std::string>& videoPatterns();
/// "mov" (MP4 and QuickTime), "matroska" (WebM), "avi", "ogg", "mpegts", "mpeg", told from the first bytes; empty where they are of no film that is read.
std::string videoContainer(const Path& file);

/// What a film says of itself; its pictures may say otherwise.
struct VideoInfo {
    std::int64_t width = 0, height = 0;  ///< as shown
    double seconds = -1;                 ///< below 0: not said
    double frameRate = 0;                ///< 0: not said
    std::string container, codec;
};

struct VideoFrame {
    std::int64_t number = 0;  ///< from 0, of the whole film
    double seconds = 0;       ///< since the film's first picture, from the exact time stamp
};

/// What happened so far.
struct VideoRemarks {
    std::int64_t damaged = 0;  ///< frames that could not be decoded whole
    double seconds = -1;       ///< where the last frame begins that was seen, wanted or not; below 0: none was
    bool cut = false;          ///< reading ended before the film did
};

/// One thread at a time.
class VideoFile {
public:
    struct Options {
        int threads = 0;  ///< that decode; 0: one for each core, eight at most
        Path module;      ///< the library; empty: $LAMINA_VIDEO_MODULE, beside the program, ../bin, ../lib/lamina
    };
    /// Errors, all but the first three with {file}: "video.no_module" {where}, "video.no_libraries" {library}, "video.module_broken" {reason}, "video.not_a_video",
    /// "video.damaged", "video.no_pictures", "video.unknown_codec" {codec}, "video.encrypted", "video.too_large" {width, height, limit},
    /// "video.out_of_memory", "job.cancelled", those of reading.
    static Result<VideoFile> open(const Path& path, const CancelToken& cancel, const Options& options);
    VideoFile(VideoFile&&) noexcept;
    VideoFile& operator=(VideoFile&&) noexcept;
    ~VideoFile();

    const VideoInfo& info() const;
    /// The first frame behind the last one that begins at `seconds` or later and has this number or a later one; nothing at the end. What cannot be
    /// decoded whole is left out. "video.encrypted", "video.out_of_memory", "job.cancelled", those of reading.
    Result<std::optional<VideoFrame>> next(double seconds, std::int64_t number);
    /// The frame that next() gave, upright, with square pixels, its longer side at most `largestSide` (0: any). "video.damaged", "video.too_large".
    Result<Image> picture(std::int64_t largestSide) const;

    VideoRemarks remarks() const;
    /// How far the file has been read, in bytes, for progress.
    std::uint64_t position() const;
    std::uint64_t bytes() const;

private:
    struct State;
    explicit VideoFile(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace lamina
