// Picture files: a folder with one subfolder per class, a flat folder, or a single file.
#include "core/data/importers/image_folder.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <optional>
#include <thread>

#include "core/base/uuid.h"
#include "core/data/image_decode.h"
#include "core/data/importers/image_files.h"
#include "core/data/source_file.h"

namespace lamina {
namespace {

struct ImageFolderSettings {
    std::int64_t width = 0, height = 0;  ///< 0: found out
    std::string colour = "auto";         ///< auto grey rgb
    std::string fit = "pad";             ///< pad crop stretch
};

constexpr std::uint64_t largestFile = 512u << 20;
constexpr std::size_t sampledFiles = 64;
/// Pictures that are found to be this small keep their size; larger ones become this large.
constexpr std::int64_t usualSize = 64;
constexpr std::size_t namedRefusals = 100;

std::vector<Property> settingsProperties() {
    return {
        property("width", &ImageFolderSettings::width, "Width", "Of the pictures as the network sees them, in pixels. 0: the most common width up to 64, else 64.",
                 {.minimum = 0, .maximum = 4096}),
        property("height", &ImageFolderSettings::height, "Height", "Of the pictures as the network sees them, in pixels. 0: the most common height up to 64, else 64.",
                 {.minimum = 0, .maximum = 4096}),
        property("colour", &ImageFolderSettings::colour, "Colour", "Keep colours or make all pictures grey; auto: grey where none of the pictures looked at has a colour.",
                 {.choices = {"auto", "grey", "rgb"}}),
        property("fit", &ImageFolderSettings::fit, "Other shapes", "How a picture of another shape fits: whole with black at the sides, cut at the sides, or stretched.",
                 {.choices = {"pad", "crop", "stretch"}}),
    };
}

ImageFit fitOf(const std::string& word) { return word == "crop" ? ImageFit::Crop : word == "stretch" ? ImageFit::Stretch : ImageFit::Pad; }

Result<Image> readWhole(const Path& path) {
    LAMINA_TRY(const auto file, SourceFile::open(path));
    if (file.size() > largestFile)
        return fail("image.file_too_large", {{"size", std::to_string(file.size())}, {"limit", std::to_string(largestFile)}});
    std::vector<std::byte> bytes(static_cast<std::size_t>(file.size()));
    LAMINA_CHECK(file.read(0, bytes));
    return decodeImage(bytes);
}

Result<Image> decodeFile(const Path& path) {
    try {
        auto image = readWhole(path);
        if (!image) return image.takeError().with("file", path.string());
        return image;
    } catch (const std::bad_alloc&) {
        return fail("image.out_of_memory", {{"file", path.string()}});
    }
}

Image inForm(Image image, const ImageForm& form) { return fitImage(withChannels(std::move(image), form.channels), form.height, form.width, form.fit); }

/// work(i) for 0 … count-1 on several threads; what it gives does not depend on who does it.
template <class Work> void inParallel(std::size_t count, int threads, Work work) {
    std::atomic<std::size_t> next{0};
    const auto loop = [&] {
        for (std::size_t i = next++; i < count; i = next++) work(i);
    };
    std::vector<std::thread> helpers;
    for (int i = 1; i < std::min<int>(threads, static_cast<int>(count)); ++i) helpers.emplace_back(loop);
    loop();
    for (auto& helper : helpers) helper.join();
}

int threadsOf(const ImportJob& job) { return job.threads > 0 ? job.threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

/// `wanted` of `count` things, evenly spread.
std::vector<std::size_t> evenly(std::size_t count, std::size_t wanted) {
    std::vector<std::size_t> chosen;
    const std::size_t n = std::min(count, wanted);
    for (std::size_t i = 0; i < n; ++i) chosen.push_back(i * count / n);
    return chosen;
}

/// What some of the pictures look like.
struct Look {
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> sizes;  ///< {width, height} → how many
    bool colour = false;
    std::int64_t seen = 0;

    std::pair<std::int64_t, std::int64_t> usual() const {
        return std::max_element(sizes.begin(), sizes.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
    }
};

Result<Look> lookAt(const ImageFiles& found, const ImportJob& job) {
    struct Seen {
        std::int64_t width = 0, height = 0;
        bool colour = false;
    };
    const auto chosen = evenly(found.files.size(), sampledFiles);
    std::vector<std::optional<Seen>> seen(chosen.size());
    inParallel(chosen.size(), threadsOf(job), [&](std::size_t i) {
        if (job.cancel.cancelled()) return;
        if (const auto image = decodeFile(found.files[chosen[i]].path)) seen[i] = Seen{image->width, image->height, image->channels == 3};
    });
    if (job.cancel.cancelled()) return fail("job.cancelled");
    Look look;
    for (const auto& one : seen) {
        if (!one) continue;
        ++look.sizes[{one->width, one->height}];
        look.colour = look.colour || one->colour;
        ++look.seen;
    }
    return look;
}

/// Sizes and colour that nobody chose, from what the pictures look like.
ImageForm formFor(const ImageFolderSettings& settings, const Look& look) {
    ImageForm form;
    form.fit = fitOf(settings.fit);
    form.channels = settings.colour == "rgb" || (settings.colour == "auto" && (look.colour || look.seen == 0)) ? 3 : 1;
    form.width = settings.width > 0 ? settings.width : settings.height;
    form.height = settings.height > 0 ? settings.height : settings.width;
    if (form.width > 0) return form;
    form.width = form.height = usualSize;
    if (look.seen == 0) return form;
    const auto [width, height] = look.usual();
    if (width <= usualSize && height <= usualSize) {
        form.width = width;
        form.height = height;
    }
    return form;
}

nlohmann::json formAsSettings(const ImageForm& form, const std::string& fit) {
    return {{"width", form.width}, {"height", form.height}, {"colour", form.channels == 3 ? "rgb" : "grey"}, {"fit", fit}};
}

/// How the pictures will be read, and what there is to say about it.
struct Plan {
    ImageFiles found;
    Look look;
    ImageForm form;
    nlohmann::json detected;
    std::vector<Issue> issues;
};

void note(Plan& plan, Severity severity, Error what, std::int64_t count = 1) { plan.issues.push_back({severity, std::move(what), count}); }

Result<Plan> planFor(const Path& path, const ImageFolderSettings& settings, const ImportJob& job) {
    Plan plan;
    LAMINA_TRY(plan.found, findImageFiles(path, job.cancel));
    const bool sizeGiven = settings.width > 0 || settings.height > 0;
    if (!sizeGiven || settings.colour == "auto") {
        LAMINA_TRY(plan.look, lookAt(plan.found, job));
    }
    plan.form = formFor(settings, plan.look);
    plan.detected = formAsSettings(plan.form, settings.fit);
    if (!sizeGiven && plan.look.seen > 0) {
        const auto [width, height] = plan.look.usual();
        note(plan, Severity::Note, fail("image.size_chosen", {{"width", std::to_string(plan.form.width)}, {"height", std::to_string(plan.form.height)},
                                                              {"usualWidth", std::to_string(width)}, {"usualHeight", std::to_string(height)}}));
    }
    const auto loose = std::count_if(plan.found.files.begin(), plan.found.files.end(), [](const ImageFile& f) { return f.label < 0; });
    if (loose > 0 && !plan.found.classes.empty()) note(plan, Severity::Warning, fail("image.without_class", {{"folder", path.string()}}), loose);
    return plan;
}

ColumnInfo columnNamed(const char* name, ColumnKind kind) {
    ColumnInfo info;
    info.id = newUuid();
    info.name = name;
    info.kind = kind;
    info.elementType = elementTypeOf(kind);
    return info;
}

std::vector<ColumnInfo> columnsOf(const Plan& plan) {
    std::vector<ColumnInfo> infos{columnNamed("image", ColumnKind::Tensor), columnNamed("file", ColumnKind::Text)};
    infos[0].elementType = DType::UInt8;
    infos[0].elementShape = {plan.form.channels, plan.form.height, plan.form.width};
    infos[1].role = "ignore";
    if (!plan.found.classes.empty()) {
        infos.push_back(columnNamed("class", ColumnKind::Category));
        infos.back().dictionary = plan.found.classes;
        infos.back().role = "target";
    }
    if (plan.found.subsets) {
        infos.push_back(columnNamed("subset", ColumnKind::Category));
        infos.back().dictionary.assign(std::begin(imageSubsets), std::end(imageSubsets));
        infos.back().role = "ignore";
    }
    return infos;
}

/// Decodes a piece of the files at a time, on all threads, and appends it in order.
class ImageCopy {
public:
    ImageCopy(Plan& plan, const ImportJob& job, std::vector<std::unique_ptr<ColumnFileWriter>>& writers) : m_plan(plan), m_job(job), m_writers(writers) {}

    Result<void> run() {
        const auto& files = m_plan.found.files;
        const auto piece = static_cast<std::size_t>(threadsOf(m_job)) * 16;
        for (std::size_t first = 0; first < files.size(); first += piece) {
            const std::size_t count = std::min(piece, files.size() - first);
            m_images.assign(count, fail("job.cancelled"));
            inParallel(count, threadsOf(m_job), [&](std::size_t i) {
                if (!m_job.cancel.cancelled()) m_images[i] = readImage(files[first + i].path, m_plan.form);
            });
            if (m_job.cancel.cancelled()) return fail("job.cancelled");
            LAMINA_CHECK(append(first));
            if (m_job.progress) m_job.progress({"import", static_cast<std::int64_t>(first + count), static_cast<std::int64_t>(files.size()), "rows"});
        }
        return conclude();
    }

private:
    Result<void> append(std::size_t first) {
        ColumnData names(ColumnKind::Text), labels(ColumnKind::Category), subsets(ColumnKind::Category);
        for (std::size_t i = 0; i < m_images.size(); ++i) {
            const ImageFile& file = m_plan.found.files[first + i];
            if (!m_images[i]) {
                refuse(m_images[i].takeError());
                continue;
            }
            LAMINA_CHECK(m_writers[0]->appendElements(std::as_bytes(std::span(m_images[i]->pixels))));
            names.addText(file.name);
            labels.addCode(file.label);
            subsets.addCode(file.subset);
            ++m_taken;
        }
        LAMINA_CHECK(m_writers[1]->append(names.view()));
        if (!m_plan.found.classes.empty()) LAMINA_CHECK(m_writers[2]->append(labels.view()));
        if (m_plan.found.subsets) LAMINA_CHECK(m_writers.back()->append(subsets.view()));
        return {};
    }

    void refuse(Error why) {
        if (m_refused++ < static_cast<std::int64_t>(namedRefusals)) note(m_plan, Severity::Warning, why);
        if (!m_firstRefusal) m_firstRefusal = std::move(why);
    }

    Result<void> conclude() {
        const auto unnamed = m_refused - static_cast<std::int64_t>(namedRefusals);
        if (m_taken == 0) return *m_firstRefusal;
        if (unnamed > 0) note(m_plan, Severity::Warning, fail("image.more_refused", {{"count", std::to_string(unnamed)}}), unnamed);
        return {};
    }

    Plan& m_plan;
    const ImportJob& m_job;
    std::vector<std::unique_ptr<ColumnFileWriter>>& m_writers;
    std::vector<Result<Image>> m_images;
    std::int64_t m_taken = 0, m_refused = 0;
    std::optional<Error> m_firstRefusal;
};

Result<ImportedTable> importImages(const Path& path, const ImageFolderSettings& settings, const Path& folder, const ImportJob& job) {
    LAMINA_TRY(auto plan, planFor(path, settings, job));
    const auto bytes = static_cast<std::uint64_t>(plan.form.channels * plan.form.height * plan.form.width) * plan.found.files.size();
    std::vector<std::unique_ptr<ColumnFileWriter>> writers;
    for (auto& info : columnsOf(plan)) {
        LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, std::move(info), writers.empty() ? bytes : 0));
        writers.push_back(std::move(writer));
    }
    LAMINA_CHECK(ImageCopy(plan, job, writers).run());
    for (auto& writer : writers) LAMINA_CHECK(writer->seal());
    ImportedTable table;
    LAMINA_TRY(table.columns, publishAll(writers));
    table.rows = table.columns[0].info.rows;
    table.issues = std::move(plan.issues);
    table.detected = std::move(plan.detected);
    return table;
}

nlohmann::json summaryOf(const Plan& plan) {
    std::vector<std::int64_t> perClass(plan.found.classes.size());
    for (const auto& file : plan.found.files)
        if (file.label >= 0) ++perClass[static_cast<std::size_t>(file.label)];
    auto classes = nlohmann::json::array(), sizes = nlohmann::json::array();
    for (std::size_t i = 0; i < perClass.size(); ++i) classes.push_back({{"name", plan.found.classes[i]}, {"count", perClass[i]}});
    for (const auto& [size, count] : plan.look.sizes) sizes.push_back({{"width", size.first}, {"height", size.second}, {"count", count}});
    return {{"files", plan.found.files.size()}, {"classes", classes}, {"looked_at", plan.look.seen}, {"sizes", sizes}};
}

Result<ImportPreview> previewImages(const Path& path, const ImageFolderSettings& settings, std::int64_t rows, const CancelToken& cancel) {
    LAMINA_TRY(const auto plan, planFor(path, settings, ImportJob{{}, cancel, 0}));
    ImportPreview preview;
    preview.columns = columnsOf(plan);
    preview.detected = plan.detected;
    preview.issues = plan.issues;
    preview.summary = summaryOf(plan);
    const std::string cell = "uint8 " + shapeText(preview.columns[0].elementShape);
    for (const std::size_t i : evenly(plan.found.files.size(), static_cast<std::size_t>(std::max<std::int64_t>(rows, 0)))) {
        const ImageFile& file = plan.found.files[i];
        preview.rows.push_back({cell, file.name});
        if (!plan.found.classes.empty()) preview.rows.back().push_back(file.label < 0 ? "" : plan.found.classes[static_cast<std::size_t>(file.label)]);
        if (plan.found.subsets) preview.rows.back().push_back(file.subset < 0 ? "" : imageSubsets[file.subset]);
    }
    return preview;
}

double probeImages(const Path& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) return holdsImages(path) ? 0.8 : 0;
    const auto file = SourceFile::open(path);
    if (!file) return 0;
    std::vector<std::byte> beginning(static_cast<std::size_t>(std::min<std::uint64_t>(file->size(), 16)));
    if (!file->read(0, beginning) || imageFormat(beginning).empty()) return isImageName(path) ? 0.5 : 0;
    return isImageName(path) ? 0.95 : 0.7;
}

}  // namespace

Result<ImageForm> imageFormFrom(const nlohmann::json& settings) {
    std::any filled = ImageFolderSettings{};
    LAMINA_CHECK(propertiesFromJson(settingsProperties(), settings, filled));
    return formFor(std::any_cast<const ImageFolderSettings&>(filled), Look{});
}

Result<Image> readImage(const Path& file, const ImageForm& form) {
    LAMINA_TRY(auto image, decodeFile(file));
    try {
        return inForm(std::move(image), form);
    } catch (const std::bad_alloc&) {
        return fail("image.out_of_memory", {{"file", file.string()}});
    }
}

const ImporterType& image_folder_importer() {
    static const ImporterType type = ImporterDescriptor<ImageFolderSettings, probeImages, previewImages, importImages>{
        .id = "image_folder",
        .title = "Pictures in folders",
        .summary = "Photos and other picture files, one subfolder for each class; folders train, validation and test may stand above them.",
        .patterns = imagePatterns(),
        .properties = settingsProperties()};
    return type;
}

}  // namespace lamina
