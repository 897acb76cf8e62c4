// Frames of films: a file or a folder of them, one subfolder for each class. The frames become pictures of their own in the project: a place in a
// film cannot be referred to as a picture file can, and finding it again means to decode all since the last key frame.
#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/clock.h"
#include "core/base/parallel.h"
#include "core/base/uuid.h"
#include "core/data/image_decode.h"
#include "core/data/image_reference.h"
#include "core/data/importers/image_files.h"
#include "core/data/importers/importer.h"
#include "core/data/importers/video_file.h"

namespace lamina {
namespace video_importer_parts {

struct VideoSettings {
    double framesPerSecond = 1;
    std::int64_t every = 0;        ///< 0: framesPerSecond counts
    double from = 0, to = 0;       ///< seconds; to 0: the end
    std::int64_t largestSide = 0;  ///< 0: as it is
    std::string pictures = "jpeg";
    /// Films have lost what their codec thought invisible; at 95 JPEG adds next to nothing to that and takes a tenth of what PNG takes.
    std::int64_t quality = 95;
};

constexpr double previewSeconds = 1;
constexpr std::size_t previewPictures = 14, previewFilms = 8;
constexpr std::int64_t previewSide = 128;
constexpr std::size_t namedRefusals = 100;
constexpr std::int64_t heldPixels = std::int64_t{1} << 24;  ///< decoded and waiting to be encoded
/// Less than most frames take, so that nobody is turned away who has enough room.
constexpr double jpegBytesPerPixel = 0.1, pngBytesPerPixel = 0.75;
/// No frame takes fewer bytes of its film: a film cannot claim more frames than that.
constexpr std::uint64_t fewestBytesOfFrame = 16;

/// Which frames are wanted next.
class FrameChoice {
public:
    explicit FrameChoice(const VideoSettings& settings) : m_settings(settings) {}

    double seconds() const {
        if (m_settings.every > 0) return m_settings.from;
        return m_settings.from + static_cast<double>(m_step) / m_settings.framesPerSecond - tolerance();
    }
    std::int64_t number() const { return m_settings.every > 0 ? m_step * m_settings.every : 0; }
    /// Does it lie on a step, and before the end?
    bool takes(const VideoFrame& frame) const { return m_settings.every <= 0 || frame.number % m_settings.every == 0; }
    bool isBehind(const VideoFrame& frame) const { return m_settings.to > 0 && frame.seconds >= m_settings.to; }
    void passed(const VideoFrame& frame) {
        const double steps = (frame.seconds - m_settings.from + tolerance()) * m_settings.framesPerSecond;
        m_step = m_settings.every > 0 ? frame.number / m_settings.every + 1 : std::max(m_step, static_cast<std::int64_t>(std::min(steps, 9e15))) + 1;
    }

private:
    /// Matroska rounds times to milliseconds.
    double tolerance() const { return std::min(0.001, 0.25 / m_settings.framesPerSecond); }

    const VideoSettings& m_settings;
    std::int64_t m_step = 0;
};

/// The next frame that the settings ask for.
Result<std::optional<VideoFrame>> nextFrame(VideoFile& film, FrameChoice& choice) {
    while (true) {
        LAMINA_TRY(const auto frame, film.next(choice.seconds(), choice.number()));
        if (!frame || choice.isBehind(*frame)) return std::optional<VideoFrame>();
        const bool taken = choice.takes(*frame);
        choice.passed(*frame);
        if (taken) return frame;
    }
}

/// Among the files of a folder; those of a programming language end with .ts, too.
bool isVideoName(const Path& file) { return fitsPatterns(file, videoPatterns()) || (fitsPatterns(file, {"*.ts"}) && videoContainer(file) == "mpegts"); }

Result<ImageFiles> findFilms(const Path& path, const CancelToken& cancel) {
    auto found = findFilesInFolders(path, isVideoName, cancel);
    if (!found && found.error().code == "image.no_files") return fail("video.no_files", {{"folder", path.string()}});
    return found;
}

std::vector<ColumnInfo> videoColumns(const ImageFiles& found) {
    std::vector<ColumnInfo> infos;
    const auto add = [&](const char* name, ColumnKind kind, const char* role) {
        ColumnInfo& info = infos.emplace_back();
        info.id = newUuid();
        info.name = name;
        info.kind = kind;
        info.elementType = elementTypeOf(kind);
        info.role = role;
    };
    add("image", ColumnKind::Image, "");
    add("file", ColumnKind::Text, "ignore");
    add("video", ColumnKind::Category, "ignore");
    add("frame", ColumnKind::Integer, "ignore");
    add("seconds", ColumnKind::Number, "ignore");
    if (!found.classes.empty()) {
        add("class", ColumnKind::Category, "target");
        infos.back().dictionary = found.classes;
    }
    if (found.subsets) {
        add("subset", ColumnKind::Category, "ignore");
        infos.back().dictionary.assign(std::begin(imageSubsets), std::end(imageSubsets));
    }
    return infos;
}

/// As if the frames lay in a folder of the film's name: what is divided by folders then keeps a film together.
std::string frameName(const ImageFile& film, const VideoFrame& frame, const VideoSettings& settings) {
    const std::string number = std::to_string(frame.number);
    return film.name + "/frame_" + std::string(number.size() < 6 ? 6 - number.size() : 0, '0') + number + (settings.pictures == "png" ? ".png" : ".jpg");
}

Result<std::string> encodedFrame(Image image, const VideoSettings& settings) {
    if (isGrey(image)) image = withChannels(std::move(image), 1);
    LAMINA_TRY(const auto bytes, settings.pictures == "png" ? encodePng(image) : encodeJpeg(image, static_cast<int>(settings.quality)));
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

/// How many frames will be taken, as far as the film tells the truth.
std::int64_t expectedFrames(const VideoFile& film, const VideoSettings& settings) {
    const VideoInfo& info = film.info();
    const double end = settings.to > 0 ? std::min(settings.to, std::max(0.0, info.seconds)) : info.seconds;
    const double rate = settings.every > 0 ? info.frameRate / static_cast<double>(settings.every)
                                           : info.frameRate > 0 ? std::min(settings.framesPerSecond, info.frameRate) : settings.framesPerSecond;
    const double frames = std::max(0.0, end - settings.from) * rate;
    return static_cast<std::int64_t>(std::min(std::ceil(frames), static_cast<double>(film.bytes() / fewestBytesOfFrame + 1)));
}

std::uint64_t expectedBytes(const VideoFile& film, const VideoSettings& settings) {
    const VideoInfo& info = film.info();
    double pixels = static_cast<double>(info.width) * static_cast<double>(info.height);
    const auto longer = static_cast<double>(std::max(info.width, info.height)), side = static_cast<double>(settings.largestSide);
    if (side > 0 && longer > side) pixels *= side / longer * (side / longer);
    return static_cast<std::uint64_t>(static_cast<double>(expectedFrames(film, settings)) * pixels * (settings.pictures == "png" ? pngBytesPerPixel : jpegBytesPerPixel));
}

std::string secondsText(double seconds) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", seconds);
    return text;
}

/// Decodes one film after the other; frames wait until there are some for every thread and are encoded together.
class FilmImport {
public:
    FilmImport(const ImageFiles& films, const VideoSettings& settings, const Path& folder, const ImportJob& job) : m_films(films), m_settings(settings), m_folder(folder), m_job(job) {
        for (const auto& film : films.files) {
            std::error_code ignored;
            const auto size = std::filesystem::file_size(film.path, ignored);
            m_totalBytes += ignored ? 0 : size;
        }
    }

    Result<ImportedTable> run() {
        for (auto& info : videoColumns(m_films)) {
            LAMINA_TRY(auto writer, ColumnFileWriter::create(m_folder, std::move(info)));
            m_writers.push_back(std::move(writer));
        }
        for (const auto& film : m_films.files) {
            auto done = importFilm(film);
            if (!done && !isOfFilm(done.error())) return done.takeError();
            if (!done) refuse(done.takeError());
        }
        LAMINA_CHECK(flush());
        if (m_rows == 0) return *m_firstRefusal;
        if (m_refused > namedRefusals) note(fail("video.more_refused", {{"count", std::to_string(m_refused - namedRefusals)}}), static_cast<std::int64_t>(m_refused - namedRefusals));
        return published();
    }

private:
    struct Taken {
        const ImageFile* film = nullptr;
        VideoFrame frame;
        std::int32_t code = 0;
        Image image;
        Result<std::string> bytes = fail("job.cancelled");
    };

    /// One bad film among others is left out and named; what concerns all ends the import.
    static bool isOfFilm(const Error& error) {
        for (const char* code : {"video.not_a_video", "video.damaged", "video.no_pictures", "video.unknown_codec", "video.encrypted", "video.too_large", "video.out_of_memory",
                                 "video.no_frames", "file.not_found", "file.no_permission", "file.changed_while_reading"})
            if (error.code == code) return true;
        return false;
    }

    Result<void> importFilm(const ImageFile& film) {
        LAMINA_TRY(auto video, VideoFile::open(film.path, m_job.cancel, {m_job.threads, {}}));
        LAMINA_CHECK(checkFreeSpace(m_folder / "image.column", expectedBytes(video, m_settings)));
        FrameChoice choice(m_settings);
        std::int64_t frames = 0, undrawn = 0;
        while (true) {
            auto frame = nextFrame(video, choice);
            // What was read until then stays.
            if (!frame && !(frames > 0 && isOfFilm(frame.error()))) return frame.takeError();
            if (!frame) note(frame.takeError());
            if (!frame || !*frame) break;
            auto image = video.picture(m_settings.largestSide);
            if (!image) {
                ++undrawn;
                continue;
            }
            if (frames++ == 0) m_names.push_back(film.name);
            m_pixels += image->width * image->height;
            m_taken.push_back({&film, **frame, static_cast<std::int32_t>(m_names.size()) - 1, std::move(*image)});
            if (m_pixels >= heldPixels || m_taken.size() >= 256) LAMINA_CHECK(flush());
            tell(video.position());
        }
        m_readBytes += video.bytes();
        return conclude(film, video, frames, undrawn);
    }

    Result<void> conclude(const ImageFile& film, const VideoFile& video, std::int64_t frames, std::int64_t undrawn) {
        const VideoRemarks remarks = video.remarks();
        const std::string file = film.path.string();
        const std::int64_t damaged = remarks.damaged + undrawn;
        if (frames == 0 && (damaged > 0 || remarks.seconds < 0)) return fail("video.damaged", {{"file", file}});
        if (frames == 0) return fail("video.no_frames", {{"file", file}, {"seconds", secondsText(remarks.seconds)}});
        if (damaged > 0) note(fail("video.damaged_frames", {{"file", file}}), damaged);
        const double claimed = video.info().seconds, missing = claimed - remarks.seconds - (video.info().frameRate > 0 ? 1 / video.info().frameRate : 0);
        const bool toItsEnd = m_settings.to <= 0 || remarks.seconds < m_settings.to;
        if (remarks.cut || (toItsEnd && missing > std::max(0.5, claimed / 50)))
            note(fail("video.ends_early", {{"file", file}, {"found", secondsText(remarks.seconds)}, {"claimed", secondsText(std::max(claimed, remarks.seconds))}}));
        return {};
    }

    Result<void> flush() {
        parallelFor(m_taken.size(), m_job.threads, [&](std::size_t i) {
            if (!m_job.cancel.cancelled()) m_taken[i].bytes = encode(m_taken[i]);
        });
        if (m_job.cancel.cancelled()) return fail("job.cancelled");
        ColumnData images(ColumnKind::Image), names(ColumnKind::Text), films(ColumnKind::Category), numbers(ColumnKind::Integer), seconds(ColumnKind::Number);
        ColumnData classes(ColumnKind::Category), subsets(ColumnKind::Category);
        for (auto& taken : m_taken) {
            if (!taken.bytes) return taken.bytes.takeError();
            images.addText(*taken.bytes);
            names.addText(frameName(*taken.film, taken.frame, m_settings));
            films.addCode(taken.code);
            numbers.addInteger(taken.frame.number);
            seconds.addNumber(taken.frame.seconds);
            classes.addCode(taken.film->label);
            subsets.addCode(taken.film->subset);
        }
        std::vector<const ColumnData*> columns{&images, &names, &films, &numbers, &seconds};
        if (!m_films.classes.empty()) columns.push_back(&classes);
        if (m_films.subsets) columns.push_back(&subsets);
        for (std::size_t i = 0; i < columns.size(); ++i) LAMINA_CHECK(m_writers[i]->append(columns[i]->view()));
        m_rows += std::ssize(m_taken);
        m_taken.clear();
        m_pixels = 0;
        return {};
    }

    Result<std::string> encode(Taken& taken) const try {
        return encodedFrame(std::move(taken.image), m_settings);
    } catch (const std::bad_alloc&) {
        return fail("image.out_of_memory", {{"file", taken.film->path.string()}});
    }

    Result<ImportedTable> published() {
        m_writers[2]->setDictionary(m_names);
        for (auto& writer : m_writers) LAMINA_CHECK(writer->seal());
        ImportedTable table;
        LAMINA_TRY(table.columns, publishAll(m_writers));
        table.rows = m_rows;
        table.issues = std::move(m_issues);
        table.detected = {{"frames_per_second", m_settings.framesPerSecond},
                          {"every", m_settings.every},
                          {"largest_side", m_settings.largestSide},
                          {"pictures", m_settings.pictures},
                          {"quality", m_settings.quality}};
        return table;
    }

    void tell(std::uint64_t position) const {
        if (m_job.progress) m_job.progress({"import", static_cast<std::int64_t>(m_readBytes + position), static_cast<std::int64_t>(m_totalBytes), "bytes"});
    }

    void note(Error what, std::int64_t count = 1) { m_issues.push_back({Severity::Warning, std::move(what), count}); }
    void refuse(Error why) {
        if (m_refused++ < namedRefusals) note(why);
        if (!m_firstRefusal) m_firstRefusal = std::move(why);
    }

    const ImageFiles& m_films;
    const VideoSettings& m_settings;
    const Path m_folder;
    const ImportJob& m_job;
    std::vector<std::unique_ptr<ColumnFileWriter>> m_writers;
    std::vector<Taken> m_taken;
    std::vector<std::string> m_names;  ///< of the films that gave frames
    std::vector<Issue> m_issues;
    std::int64_t m_rows = 0, m_pixels = 0;
    std::size_t m_refused = 0;
    std::uint64_t m_totalBytes = 0, m_readBytes = 0;
    std::optional<Error> m_firstRefusal;
};

Result<void> checkSpan(const VideoSettings& settings) {
    if (settings.to > 0 && settings.to <= settings.from)
        return fail("video.empty_span", {{"from", secondsText(settings.from)}, {"to", secondsText(settings.to)}});
    return {};
}

Result<ImportedTable> importVideos(const Path& path, const VideoSettings& settings, const Path& folder, const ImportJob& job) {
    LAMINA_CHECK(checkSpan(settings));
    LAMINA_TRY(const auto films, findFilms(path, job.cancel));
    return FilmImport(films, settings, folder, job).run();
}

nlohmann::json videoSummary(const ImageFiles& films, const VideoFile& first, const VideoSettings& settings) {
    std::vector<std::int64_t> perClass(films.classes.size());
    double bytes = 0;
    for (const auto& film : films.files) {
        std::error_code ignored;
        const auto size = std::filesystem::file_size(film.path, ignored);
        bytes += ignored ? 0 : static_cast<double>(size);
        if (film.label >= 0) ++perClass[static_cast<std::size_t>(film.label)];
    }
    auto classes = nlohmann::json::array();
    for (std::size_t i = 0; i < perClass.size(); ++i) classes.push_back({{"name", films.classes[i]}, {"count", perClass[i]}});
    const VideoInfo& info = first.info();
    const double scale = bytes / static_cast<double>(std::max<std::uint64_t>(1, first.bytes()));
    return {{"files", films.files.size()},
            {"classes", classes},
            {"looked_at", 1},
            {"sizes", {{{"width", info.width}, {"height", info.height}, {"count", 1}}}},
            {"container", info.container},
            {"codec", info.codec},
            {"seconds", info.seconds},
            {"frame_rate", info.frameRate},
            {"estimated_rows", std::llround(static_cast<double>(expectedFrames(first, settings)) * scale)}};
}

void addSize(nlohmann::json& summary, const VideoFile& video) {
    summary["sizes"].push_back({{"width", video.info().width}, {"height", video.info().height}, {"count", 1}});
    summary["looked_at"] = summary["looked_at"].get<int>() + 1;
}

/// Up to `rows` rows more, as long as there is time.
Result<void> previewFilm(const ImageFiles& films, const ImageFile& film, VideoFile& video, const VideoSettings& settings, std::int64_t rows, const Stopwatch& watch,
                         ImportPreview& preview) {
    FrameChoice choice(settings);
    for (std::int64_t shown = 0; shown < rows && (shown == 0 || watch.seconds() < previewSeconds); ++shown) {
        LAMINA_TRY(const auto frame, nextFrame(video, choice));
        if (!frame) break;
        auto image = video.picture(settings.largestSide);
        if (!image) continue;
        LAMINA_TRY(const auto bytes, encodedFrame(std::move(*image), settings));
        char seconds[32];
        std::snprintf(seconds, sizeof seconds, "%.9g", frame->seconds);
        auto& row = preview.rows.emplace_back(std::vector<std::string>{imageReferenceText(bytes), frameName(film, *frame, settings), film.name, std::to_string(frame->number), seconds});
        if (!films.classes.empty()) row.push_back(film.label < 0 ? "" : films.classes[static_cast<std::size_t>(film.label)]);
        if (films.subsets) row.push_back(film.subset < 0 ? "" : imageSubsets[film.subset]);
        if (preview.pictures.size() >= previewPictures) continue;
        LAMINA_TRY(auto small, video.picture(previewSide));
        LAMINA_TRY(auto picture, encodedFrame(std::move(small), {}));
        preview.pictures.push_back(std::move(picture));
    }
    return {};
}

/// Some films, evenly spread, with some rows each.
Result<ImportPreview> previewVideos(const Path& path, const VideoSettings& settings, std::int64_t rows, const CancelToken& cancel) try {
    LAMINA_CHECK(checkSpan(settings));
    LAMINA_TRY(const auto films, findFilms(path, cancel));
    ImportPreview preview;
    preview.columns = videoColumns(films);
    const std::size_t chosen = std::min(films.files.size(), previewFilms);
    const std::int64_t rowsEach = (rows + static_cast<std::int64_t>(chosen) - 1) / static_cast<std::int64_t>(chosen);
    const Stopwatch watch;
    for (std::size_t i = 0; i < chosen && (preview.rows.empty() || watch.seconds() < previewSeconds); ++i) {
        const ImageFile& film = films.files[i * films.files.size() / chosen];
        const auto show = [&]() -> Result<void> {
            LAMINA_TRY(auto video, VideoFile::open(film.path, cancel, {}));
            LAMINA_CHECK(previewFilm(films, film, video, settings, std::min(rowsEach, rows - std::ssize(preview.rows)), watch, preview));
            preview.columns[2].dictionary.push_back(film.name);
            if (preview.summary.is_null()) preview.summary = videoSummary(films, video, settings);
            else addSize(preview.summary, video);
            return {};
        };
        auto shown = show();
        if (!shown && shown.error().code == "job.cancelled") return shown.takeError();
        if (!shown) preview.issues.push_back({Severity::Warning, shown.takeError(), 1});
    }
    if (preview.summary.is_null()) return preview.issues.front().what;
    return preview;
} catch (const std::bad_alloc&) {
    return fail("video.out_of_memory", {{"file", path.string()}});
}

double probeVideos(const Path& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) return holdsFiles(path, isVideoName) ? 0.7 : 0;
    if (!videoContainer(path).empty()) return isVideoName(path) ? 0.95 : 0.8;
    return isVideoName(path) && std::filesystem::file_size(path, ignored) > 0 ? 0.3 : 0;
}

std::vector<Property> videoProperties() {
    return {
        property("frames_per_second", &VideoSettings::framesPerSecond, "Frames per second",
                 "How many pictures of each second of the film become rows: 1 one each second, 0.1 one in ten seconds.", {.minimum = 0, .maximum = 1000, .exclusiveMinimum = true}),
        property("every", &VideoSettings::every, "Every nth frame", "Instead of frames per second: 1 every frame, 10 every tenth. 0: frames per second counts.",
                 {.minimum = 0, .maximum = 1e9}),
        property("from", &VideoSettings::from, "From second", "What lies before is left out.", {.minimum = 0, .maximum = 1e9}),
        property("to", &VideoSettings::to, "To second", "What lies behind is left out. 0: to the end.", {.minimum = 0, .maximum = 1e9}),
        property("largest_side", &VideoSettings::largestSide, "Largest side", "Larger frames are made this wide or high, in pixels. 0: they stay as they are.",
                 {.minimum = 0, .maximum = 16384}),
        property("pictures", &VideoSettings::pictures, "Pictures as", "How the frames are kept in the project. JPEG: small, hardly a difference to be seen. PNG: without any loss, ten times as large.",
                 {.choices = {"jpeg", "png"}}),
        property("quality", &VideoSettings::quality, "JPEG quality", "From 1, small and coarse, to 100.", {.minimum = 1, .maximum = 100}),
    };
}

}  // namespace video_importer_parts

const ImporterType& video_importer() {
    using namespace video_importer_parts;
    static const ImporterType type = ImporterDescriptor<VideoSettings, probeVideos, previewVideos, importVideos>{
        .id = "video",
        .title = "Frames of films",
        .summary = "Pictures out of a film (MP4, MOV, MKV, WebM, AVI, MPEG, Ogg) or a folder of films, one subfolder for each class; one each second, or as many as you say.",
        .patterns = videoPatterns(),
        .properties = videoProperties()};
    return type;
}

}  // namespace lamina
