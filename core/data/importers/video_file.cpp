#include "core/data/importers/video_file.h"

#include <dlfcn.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "core/base/parallel.h"
#include "core/data/image_decode.h"
#include "core/data/image_jpeg.h"
#include "core/data/source_file.h"
#include "core/data/video/video_interface.h"

namespace lamina {
namespace {

constexpr const char* videoModuleFile = "liblamina-video.so";
constexpr int mostDecodingThreads = 8;

std::vector<Path> videoModulePlaces(const Path& given) {
    if (!given.empty()) return {given};
    if (const char* named = std::getenv("LAMINA_VIDEO_MODULE"); named && *named) return {named};
    std::error_code ignored;
    const Path folder = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
    return {folder / videoModuleFile, folder.parent_path() / "bin" / videoModuleFile, folder.parent_path() / "lib" / "lamina" / videoModuleFile};
}

/// dlopen says "libavformat.so.59: cannot open shared object file: No such file or directory".
Error videoOpenFailure(const std::string& reason) {
    const auto end = reason.find(": cannot open shared object file");
    if (end == std::string::npos) return fail("video.module_broken", {{"reason", reason}});
    return fail("video.no_libraries", {{"library", reason.substr(0, end)}});
}

/// Never closed: it lives on until the process ends.
Result<const LaminaVideoModule*> videoModule(const Path& given) {
    const auto places = videoModulePlaces(given);
    std::error_code ignored;
    const auto place = std::find_if(places.begin(), places.end(), [&](const Path& file) { return std::filesystem::is_regular_file(file, ignored); });
    if (place == places.end()) return fail("video.no_module", {{"where", places.front().string()}});
    void* const library = dlopen(place->c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library) return videoOpenFailure(dlerror());
    const auto entry = reinterpret_cast<LaminaVideoEntry>(dlsym(library, "lamina_video_module"));
    const LaminaVideoModule* const module = entry ? entry() : nullptr;
    if (!module || module->version != LAMINA_VIDEO_VERSION) return fail("video.module_broken", {{"reason", place->string()}});
    return module;
}

bool isPictureBrand(std::string_view brand) {
    for (const char* picture : {"hei", "mif", "avi", "msf", "crx", "jxl"})
        if (brand.starts_with(picture)) return true;
    return false;
}

/// A packet of a transport stream begins with 0x47 every 188 bytes (192 with a time before each).
bool isTransportStream(std::string_view begin, std::size_t first, std::size_t step) {
    for (std::size_t i = 0; i < 3; ++i)
        if (first + i * step >= begin.size() || begin[first + i * step] != 0x47) return false;
    return true;
}

}  // namespace

const std::vector<std::string>& videoPatterns() {
    static const std::vector<std::string> patterns{"*.mp4", "*.m4v", "*.mov", "*.mkv", "*.webm", "*.avi", "*.mpg", "*.mpeg", "*.m2ts", "*.mts", "*.vob", "*.ogv", "*.3gp"};
    return patterns;
}

std::string videoContainer(const Path& path) {
    const auto file = SourceFile::open(path);
    if (!file) return {};
    std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(file->size(), 600)), '\0');
    if (!file->read(0, std::as_writable_bytes(std::span(bytes)))) return {};
    const std::string_view begin = bytes;
    const std::string_view atom = begin.size() >= 12 ? begin.substr(4, 4) : std::string_view();
    if (atom == "ftyp") return isPictureBrand(begin.substr(8, 4)) ? "" : "mov";
    for (const char* known : {"moov", "mdat", "wide", "pnot"})
        if (atom == known) return "mov";
    if (begin.starts_with("\x1A\x45\xDF\xA3")) return "matroska";
    if (begin.starts_with("RIFF") && begin.size() >= 12 && begin.substr(8, 4) == "AVI ") return "avi";
    if (begin.starts_with("OggS")) return "ogg";
    if (begin.starts_with(std::string_view("\0\0\x01\xBA", 4))) return "mpeg";
    if (isTransportStream(begin, 0, 188) || isTransportStream(begin, 4, 192)) return "mpegts";
    return {};
}

struct VideoFile::State {
    SourceFile source;
    CancelToken cancel;
    const LaminaVideoModule* module;
    LaminaVideo* video = nullptr;
    LaminaVideoInfo told{};
    VideoInfo info;
    LaminaVideoFrame frame{};
    std::optional<Error> readError;
    std::uint64_t position = 0;

    State(SourceFile file, const CancelToken& token, const LaminaVideoModule* found) : source(std::move(file)), cancel(token), module(found) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (video) module->close(video);
    }

    static std::int64_t read(void* context, std::int64_t offset, std::uint8_t* into, std::int64_t count) {
        auto& state = *static_cast<State*>(context);
        const auto size = static_cast<std::int64_t>(state.source.size());
        if (state.cancel.cancelled() || state.readError || offset < 0 || count < 0) return -1;
        const std::int64_t there = std::min(count, std::max<std::int64_t>(0, size - offset));
        if (there == 0) return 0;
        auto done = state.source.read(static_cast<std::uint64_t>(offset), std::as_writable_bytes(std::span(into, static_cast<std::size_t>(there))));
        if (!done) {
            state.readError = done.takeError();
            return -1;
        }
        state.position = std::max(state.position, static_cast<std::uint64_t>(offset + there));
        return there;
    }
    static int stopped(void* context) {
        const auto& state = *static_cast<State*>(context);
        return state.cancel.cancelled() || state.readError ? 1 : 0;
    }

    Error errorOf(int result) const {
        const std::string file = source.path().string();
        if (readError) return *readError;
        if (cancel.cancelled()) return fail("job.cancelled");
        if (result == LAMINA_VIDEO_NO_PICTURES) return fail("video.no_pictures", {{"file", file}});
        if (result == LAMINA_VIDEO_UNKNOWN_CODEC) return fail("video.unknown_codec", {{"file", file}, {"codec", told.codec}});
        if (result == LAMINA_VIDEO_ENCRYPTED) return fail("video.encrypted", {{"file", file}});
        if (result == LAMINA_VIDEO_TOO_LARGE) return tooLarge(told.width, told.height);
        if (result == LAMINA_VIDEO_NO_MEMORY) return fail("video.out_of_memory", {{"file", file}});
        return fail("video.damaged", {{"file", file}});
    }
    Error tooLarge(std::int64_t width, std::int64_t height) const {
        return fail("video.too_large", {{"file", source.path().string()},
                                        {"width", std::to_string(width)},
                                        {"height", std::to_string(height)},
                                        {"limit", std::to_string(imageMaximumPixels)}});
    }
};

VideoFile::VideoFile(std::unique_ptr<State> state) : m_state(std::move(state)) {}
VideoFile::VideoFile(VideoFile&&) noexcept = default;
VideoFile& VideoFile::operator=(VideoFile&&) noexcept = default;
VideoFile::~VideoFile() = default;

Result<VideoFile> VideoFile::open(const Path& path, const CancelToken& cancel, const Options& options) {
    LAMINA_TRY(auto source, SourceFile::open(path));
    const std::string container = videoContainer(path);
    if (container.empty()) return fail("video.not_a_video", {{"file", path.string()}});
    LAMINA_TRY(const auto* module, videoModule(options.module));
    auto state = std::make_unique<State>(std::move(source), cancel, module);
    const LaminaVideoBytes bytes{state.get(), static_cast<std::int64_t>(state->source.size()), State::read, State::stopped};
    const LaminaVideoLimits limits{imageMaximumPixels, std::min(mostDecodingThreads, threadCount(options.threads))};
    if (const int result = module->open(&bytes, container.c_str(), &limits, &state->told, &state->video); result != LAMINA_VIDEO_OK) return state->errorOf(result);
    const LaminaVideoInfo& told = state->told;
    const bool onItsSide = told.orientation >= 5;
    state->info = {onItsSide ? told.height : told.width, onItsSide ? told.width : told.height, told.seconds, told.frameRate, container, told.codec};
    return VideoFile(std::move(state));
}

const VideoInfo& VideoFile::info() const { return m_state->info; }

Result<std::optional<VideoFrame>> VideoFile::next(double seconds, std::int64_t number) {
    const int result = m_state->module->next(m_state->video, seconds, number, &m_state->frame);
    if (result == LAMINA_VIDEO_OK) return std::optional<VideoFrame>({m_state->frame.number, m_state->frame.seconds});
    if (result == LAMINA_VIDEO_END && !m_state->readError && !m_state->cancel.cancelled()) return std::optional<VideoFrame>();
    return m_state->errorOf(result);
}

Result<Image> VideoFile::picture(std::int64_t largestSide) const try {
    std::int64_t width = m_state->frame.width, height = m_state->frame.height;
    const std::int64_t longer = std::max(width, height);
    if (largestSide > 0 && longer > largestSide) {
        const double scale = static_cast<double>(largestSide) / static_cast<double>(longer);
        width = std::max<std::int64_t>(1, std::llround(static_cast<double>(width) * scale));
        height = std::max<std::int64_t>(1, std::llround(static_cast<double>(height) * scale));
    }
    if (width <= 0 || height > imageMaximumPixels / width) return m_state->tooLarge(width, height);
    Image image{3, height, width, {}};
    image.pixels.resize(static_cast<std::size_t>(3 * width * height));
    if (const int result = m_state->module->draw(m_state->video, static_cast<int>(width), static_cast<int>(height), image.pixels.data()); result != LAMINA_VIDEO_OK)
        return m_state->errorOf(result);
    return upright(std::move(image), m_state->told.orientation);
} catch (const std::bad_alloc&) {
    return fail("video.out_of_memory", {{"file", m_state->source.path().string()}});
}

VideoRemarks VideoFile::remarks() const {
    LaminaVideoRemarks told{};
    m_state->module->remarks(m_state->video, &told);
    return {told.damaged, told.seconds, told.cut != 0};
}

std::uint64_t VideoFile::position() const { return m_state->position; }
std::uint64_t VideoFile::bytes() const { return m_state->source.size(); }

}  // namespace lamina
