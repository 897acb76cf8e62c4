// Picture files: a folder with one subfolder per class, a flat folder, or a single file.
#include "core/data/importers/image_folder.h"

#include <algorithm>
#include <optional>

#include "core/base/parallel.h"
#include "core/base/sha256.h"
#include "core/base/uuid.h"
#include "core/data/image_metadata.h"
#include "core/data/image_reader.h"
#include "core/data/importers/image_files.h"
#include "core/data/importers/image_labels.h"
#include "core/data/importers/image_look.h"
#include "core/data/source_file.h"

namespace lamina {
namespace {

struct ImageFolderSettings {
    std::int64_t width = 0, height = 0;  ///< 0: found out
    std::string colour = "auto";         ///< auto grey rgb
    std::string fit = "pad";             ///< pad crop stretch
    std::string keep = "auto";           ///< auto decoded copied in_place
    std::string pages = "first";         ///< first all
    std::string labels = "auto";         ///< auto none
    std::string metadata = "remove";     ///< remove keep
    std::int64_t bands = 0;              ///< 0: colour says
    double lowest = 0, highest = 0;      ///< equal: found out

    ValueRange values() const { return {lowest, highest}; }
};

/// Pictures that are found to be this small keep their size; larger ones become this large.
constexpr std::int64_t usualSize = 64;
constexpr std::size_t namedRefusals = 100;
/// Folders below this many bytes are copied, larger ones stay where they are.
constexpr std::uint64_t copiedFolder = std::uint64_t{2} << 30;

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
        property("keep", &ImageFolderSettings::keep, "Keep pictures",
                 "Decoded: resized now, as numbers. Copied: the files themselves, in the project. In place: where they are; they are found again when their folder "
                 "moves. Auto: decoded up to 64 × 64 pixels, else copied below 2 GB, else in place.",
                 {.choices = {"auto", "decoded", "copied", "in_place"}}),
        property("pages", &ImageFolderSettings::pages, "Pages", "Of a TIFF or GIF with several pages: the first, or every page as a row.", {.choices = {"first", "all"}}),
        property("labels", &ImageFolderSettings::labels, "Table of labels", "Auto: a CSV file in the folder that names the pictures adds its columns.",
                 {.choices = {"auto", "none"}}),
        property("metadata", &ImageFolderSettings::metadata, "Notes of the camera",
                 "Remove: copied pictures keep nothing of place, time, camera and owner but how they were held. Keep: files are copied as they are.",
                 {.choices = {"remove", "keep"}}),
        property("bands", &ImageFolderSettings::bands, "Bands", "How many values each pixel keeps where the files have others than grey or red, green, blue. 0: as many as most have.",
                 {.minimum = 0, .maximum = static_cast<double>(imageMaximumChannels)}),
        property("lowest", &ImageFolderSettings::lowest, "Lowest value",
                 "Of files with more than 8 bits for each value: what becomes 0, the same in every picture. Lowest = highest: found out.", {}),
        property("highest", &ImageFolderSettings::highest, "Highest value",
                 "Of files with more than 8 bits for each value: what becomes 255, the same in every picture. Lowest = highest: found out.", {}),
    };
}

/// What nobody chose, from what the pictures look like.
ImageForm formFor(const ImageFolderSettings& settings, const ImageLook& look) {
    ImageForm form;
    form.fit = imageFitFromName(settings.fit);
    form.channels = settings.bands > 0 ? settings.bands : settings.colour == "rgb" ? 3 : settings.colour == "grey" ? 1 : look.channels.usual();
    form.values = settings.values().given() ? settings.values() : look.values.range();
    form.width = settings.width > 0 ? settings.width : settings.height;
    form.height = settings.height > 0 ? settings.height : settings.width;
    if (form.width > 0) return form;
    form.width = form.height = usualSize;
    if (look.seen == 0) return form;
    const auto [width, height] = look.usualSize();
    if (width <= usualSize && height <= usualSize) {
        form.width = width;
        form.height = height;
    }
    return form;
}

bool hasBands(const ImageForm& form) { return form.channels != 1 && form.channels != 3; }

nlohmann::json formAsSettings(const ImageForm& form, const std::string& keep) {
    nlohmann::json settings{{"width", form.width},
                            {"height", form.height},
                            {"colour", form.channels == 3 ? "rgb" : form.channels == 1 ? "grey" : "auto"},
                            {"fit", imageFitName(form.fit)},
                            {"keep", keep}};
    if (hasBands(form)) settings["bands"] = form.channels;
    if (form.values.given()) settings.update({{"lowest", form.values.low}, {"highest", form.values.high}});
    return settings;
}

/// How the pictures will be read, and what there is to say about it.
struct ImagePlan {
    ImageFiles found;
    ImageLook look;
    ImageForm form;
    std::string keep;             ///< decoded copied in_place
    bool firstPages = true;       ///< of files with several pages, those behind the first are left out
    bool strip = true;            ///< copied files lose the notes of the camera
    std::uint64_t fileBytes = 0;  ///< of all files together; 0 where nobody needed to know
    std::optional<ImageLabels> labels;
    nlohmann::json detected;
    std::vector<Issue> issues;
};

void note(ImagePlan& plan, Severity severity, Error what, std::int64_t count = 1) { plan.issues.push_back({severity, std::move(what), count}); }

std::uint64_t bytesOfAll(const ImageFiles& found) {
    std::uint64_t bytes = 0;
    for (const auto& file : found.files) {
        std::error_code ignored;
        const auto size = std::filesystem::file_size(file.path, ignored);
        if (!ignored) bytes += size;
    }
    return bytes;
}

void chooseKeeping(ImagePlan& plan, const ImageFolderSettings& settings) {
    plan.keep = settings.keep;
    plan.strip = settings.metadata == "remove";
    if (plan.keep == "decoded") return;
    plan.fileBytes = bytesOfAll(plan.found);
    if (plan.keep != "auto") return;
    const auto [width, height] = plan.look.seen > 0 ? plan.look.usualSize() : std::pair<std::int64_t, std::int64_t>(0, 0);
    plan.keep = width <= usualSize && height <= usualSize ? "decoded" : plan.fileBytes < copiedFolder ? "copied" : "in_place";
}

void noteLabels(ImagePlan& plan) {
    if (!plan.labels) return;
    const ImageLabels& labels = *plan.labels;
    const std::string file = labels.file.string();
    note(plan, Severity::Note, fail("image.labels_found", {{"file", file}, {"column", labels.table.info(labels.nameColumn).name}}));
    const auto without = std::count(labels.rowOf.begin(), labels.rowOf.end(), std::int64_t{-1});
    if (without > 0) note(plan, Severity::Warning, fail("image.without_label", {{"file", file}}), without);
    if (labels.withoutPicture > 0) note(plan, Severity::Warning, fail("image.label_without_picture", {{"file", file}}), labels.withoutPicture);
    if (labels.repeated > 0) note(plan, Severity::Warning, fail("image.label_repeated", {{"file", file}}), labels.repeated);
}

std::string valueText(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}

Result<ImagePlan> planFor(const Path& path, const ImageFolderSettings& settings, const Path& work, const ImportJob& job) {
    ImagePlan plan;
    LAMINA_TRY(plan.found, findImageFiles(path, job.cancel));
    plan.firstPages = settings.pages != "all";
    if (!plan.firstPages) LAMINA_CHECK(expandPages(plan.found, job.cancel));
    if (settings.labels == "auto") {
        LAMINA_TRY(plan.labels, findImageLabels(path, plan.found, work, job));
    }
    const bool sizeGiven = settings.width > 0 || settings.height > 0;
    const bool colourGiven = settings.colour != "auto" || settings.bands > 0;
    if (!sizeGiven || !colourGiven || settings.keep == "auto" || (!settings.values().given() && anyDeepImage(plan.found))) {
        LAMINA_TRY(plan.look, lookAtImages(plan.found, job));
    }
    plan.form = formFor(settings, plan.look);
    chooseKeeping(plan, settings);
    plan.detected = formAsSettings(plan.form, plan.keep);
    if (!sizeGiven && plan.look.seen > 0 && (plan.look.sizes.size() > 1 || plan.look.usualSize() != std::pair(plan.form.width, plan.form.height))) {
        const auto [width, height] = plan.look.usualSize();
        note(plan, Severity::Note, fail("image.size_chosen", {{"width", std::to_string(plan.form.width)}, {"height", std::to_string(plan.form.height)},
                                                              {"usualWidth", std::to_string(width)}, {"usualHeight", std::to_string(height)}}));
    }
    const auto loose = std::count_if(plan.found.files.begin(), plan.found.files.end(), [](const ImageFile& f) { return f.label < 0; });
    if (loose > 0 && !plan.found.classes.empty()) note(plan, Severity::Warning, fail("image.without_class", {{"folder", path.string()}}), loose);
    if (hasBands(plan.form)) note(plan, Severity::Note, fail("image.bands_kept", {{"bands", std::to_string(plan.form.channels)}}));
    if (plan.look.values.anyDeep() && plan.form.values.given())
        note(plan, Severity::Note, fail("image.values_mapped", {{"lowest", valueText(plan.form.values.low)}, {"highest", valueText(plan.form.values.high)}}));
    if (plan.look.values.mixed() && !plan.form.values.given()) note(plan, Severity::Warning, fail("image.values_mixed"));
    noteLabels(plan);
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

std::vector<ColumnInfo> columnsOf(const ImagePlan& plan) {
    const bool decoded = plan.keep == "decoded";
    std::vector<ColumnInfo> infos{columnNamed("image", decoded ? ColumnKind::Tensor : ColumnKind::Image), columnNamed("file", ColumnKind::Text)};
    if (decoded) {
        infos[0].elementType = DType::UInt8;
        infos[0].elementShape = {plan.form.channels, plan.form.height, plan.form.width};
    }
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

/// Those of the table of labels, one of them the target where no folder says the class.
std::vector<std::pair<ColumnInfo, std::size_t>> labelColumnsOf(const ImagePlan& plan) {
    std::vector<std::pair<ColumnInfo, std::size_t>> columns;
    if (!plan.labels) return columns;
    const auto target = plan.found.classes.empty() ? plan.labels->target() : std::optional<std::size_t>();
    for (std::size_t column = 0; column < plan.labels->table.columnCount(); ++column) {
        if (column == plan.labels->nameColumn) continue;
        const ColumnInfo& source = plan.labels->table.info(column);
        if (source.kind == ColumnKind::Tensor) continue;
        ColumnInfo info = columnNamed(source.name.c_str(), source.kind);
        for (const auto& taken : columnsOf(plan))
            if (taken.name == info.name) info.name += "_2";
        info.dictionary = source.dictionary;
        info.role = column == target ? "target" : "ignore";
        columns.emplace_back(std::move(info), column);
    }
    return columns;
}

/// A file as it goes into the table.
struct ImageEntry {
    std::vector<std::uint8_t> pixels;  ///< decoded
    std::string value;                 ///< else, of the Image column
    SampleFacts facts;
    bool noted = false;                ///< copied with the notes of the camera, which could not be taken out
    bool paged = false;                ///< has pages that are left out
    bool reduced = false;              ///< has bands of which grey or colours are made
};

/// Can it be brought into the form? Decoded as small as possible.
Result<void> checkDecodes(const std::vector<std::byte>& bytes, const ImageFile& file, const ImageForm& form, ImageEntry& entry) {
    auto image = decodeImage(bytes, {file.page, 8, 8, form.values}, &entry.facts);
    const auto named = [&](Error why) { return why.with("file", file.path.string()); };
    if (!image) return named(image.takeError());
    entry.reduced = image->channels != 1 && image->channels != 3 && !hasBands(form);
    if (auto fits = checkChannels(*image, form); !fits) return named(fits.takeError());
    return {};
}

Result<void> copy(const ImageFile& file, const ImageForm& form, bool strip, ImageEntry& entry) {
    LAMINA_TRY(auto bytes, readImageFile(file.path));
    LAMINA_CHECK(checkDecodes(bytes, file, form, entry));
    if (strip && file.page == 0) {
        if (auto stripped = withoutMetadata(bytes)) bytes = std::move(*stripped);
        else entry.noted = imageFormat(bytes) == "tiff";
    }
    if (file.page > 0) {
        LAMINA_TRY(const auto image, decodeFile(file, form.values));
        LAMINA_TRY(bytes, encodeLossless(image));
    }
    entry.value.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return {};
}

Result<void> refer(const ImageFile& file, const ImageForm& form, ImageEntry& entry) {
    LAMINA_TRY(const auto bytes, readImageFile(file.path));
    LAMINA_CHECK(checkDecodes(bytes, file, form, entry));
    std::error_code ignored;
    entry.value = imageReferenceValue({std::filesystem::absolute(file.path, ignored).lexically_normal().string(), bytes.size(), sha256(bytes.data(), bytes.size()), file.page});
    return {};
}

Result<void> decode(const ImageFile& file, const ImageForm& form, ImageEntry& entry) {
    LAMINA_TRY(auto image, decodeFile(file, form.values, &entry.facts));
    entry.reduced = image.channels != 1 && image.channels != 3 && !hasBands(form);
    auto made = imageInForm(std::move(image), form);
    if (!made) return made.takeError().with("file", file.path.string());
    entry.pixels = std::move(made->pixels);
    return {};
}

/// Pictures of which something did not come over as it was: how many, and the first.
struct ToldPictures {
    std::int64_t count = 0;
    std::string first;

    void add(bool concerned, const ImageFile& file) {
        if (concerned && count++ == 0) first = file.path.string();
    }
};

/// Reads a piece of the files at a time, on all threads, and appends it in order.
class ImageCopy {
public:
    ImageCopy(ImagePlan& plan, const ImportJob& job, std::vector<std::unique_ptr<ColumnFileWriter>>& writers) : m_plan(plan), m_job(job), m_writers(writers) {}

    Result<void> run() {
        const auto& files = m_plan.found.files;
        const auto piece = static_cast<std::size_t>(threadCount(m_job.threads)) * 16;
        for (std::size_t first = 0; first < files.size(); first += piece) {
            const std::size_t count = std::min(piece, files.size() - first);
            m_entries.assign(count, fail("job.cancelled"));
            parallelFor(count, m_job.threads, [&](std::size_t i) {
                if (!m_job.cancel.cancelled()) m_entries[i] = entryOf(files[first + i]);
            });
            if (m_job.cancel.cancelled()) return fail("job.cancelled");
            LAMINA_CHECK(append(first));
            if (m_job.progress) m_job.progress({"import", static_cast<std::int64_t>(first + count), static_cast<std::int64_t>(files.size()), "rows"});
        }
        LAMINA_CHECK(conclude());
        return appendLabels();
    }

private:
    Result<ImageEntry> entryOf(const ImageFile& file) const try {
        ImageEntry entry;
        LAMINA_CHECK(m_plan.keep == "decoded"  ? decode(file, m_plan.form, entry)
                     : m_plan.keep == "copied" ? copy(file, m_plan.form, m_plan.strip, entry)
                                               : refer(file, m_plan.form, entry));
        entry.paged = m_plan.firstPages && pagesIn(file.path) > 1;
        return entry;
    } catch (const std::bad_alloc&) {
        return fail("image.out_of_memory", {{"file", file.path.string()}});
    }

    Result<void> append(std::size_t first) {
        ColumnData values(ColumnKind::Image), names(ColumnKind::Text), labels(ColumnKind::Category), subsets(ColumnKind::Category);
        for (std::size_t i = 0; i < m_entries.size(); ++i) {
            const ImageFile& file = m_plan.found.files[first + i];
            if (!m_entries[i]) {
                refuse(m_entries[i].takeError());
                continue;
            }
            if (m_plan.keep == "decoded") LAMINA_CHECK(m_writers[0]->appendElements(std::as_bytes(std::span(m_entries[i]->pixels))));
            else values.addText(m_entries[i]->value);
            m_noted += m_entries[i]->noted;
            m_paged += m_entries[i]->paged;
            m_reduced.add(m_entries[i]->reduced, file);
            m_cut.add(m_entries[i]->facts.cut > 0, file);
            m_unknown.add(m_entries[i]->facts.notNumbers > 0, file);
            m_transparent.add(m_entries[i]->facts.transparent, file);
            names.addText(file.name);
            labels.addCode(file.label);
            subsets.addCode(file.subset);
            m_taken.push_back(first + i);
        }
        if (m_plan.keep != "decoded") LAMINA_CHECK(m_writers[0]->append(values.view()));
        LAMINA_CHECK(m_writers[1]->append(names.view()));
        std::size_t next = 2;
        if (!m_plan.found.classes.empty()) LAMINA_CHECK(m_writers[next++]->append(labels.view()));
        if (m_plan.found.subsets) LAMINA_CHECK(m_writers[next]->append(subsets.view()));
        return {};
    }

    Result<void> appendLabels() {
        std::size_t next = columnsOf(m_plan).size();
        for (const auto& [info, column] : labelColumnsOf(m_plan)) LAMINA_CHECK(m_writers[next++]->append(labelColumn(*m_plan.labels, column, m_taken).view()));
        return {};
    }

    void refuse(Error why) {
        if (m_refused++ < static_cast<std::int64_t>(namedRefusals)) note(m_plan, Severity::Warning, why);
        if (!m_firstRefusal) m_firstRefusal = std::move(why);
    }

    Result<void> conclude() {
        const auto unnamed = m_refused - static_cast<std::int64_t>(namedRefusals);
        if (m_taken.empty()) return *m_firstRefusal;
        if (unnamed > 0) note(m_plan, Severity::Warning, fail("image.more_refused", {{"count", std::to_string(unnamed)}}), unnamed);
        if (m_noted > 0) note(m_plan, Severity::Warning, fail("image.notes_stay"), m_noted);
        tell(Severity::Warning, "image.bands_left_out", m_reduced);
        tell(Severity::Warning, "image.values_cut", m_cut);
        tell(Severity::Note, "image.no_numbers", m_unknown);
        tell(Severity::Note, "image.transparent", m_transparent);
        if (m_paged > 0) note(m_plan, Severity::Note, fail("image.first_pages"), m_paged);
        return {};
    }

    void tell(Severity severity, const char* code, const ToldPictures& told) {
        if (told.count > 0) note(m_plan, severity, fail(code, {{"file", told.first}}), told.count);
    }

    ImagePlan& m_plan;
    const ImportJob& m_job;
    std::vector<std::unique_ptr<ColumnFileWriter>>& m_writers;
    std::vector<Result<ImageEntry>> m_entries;
    std::vector<std::size_t> m_taken;
    std::int64_t m_refused = 0, m_noted = 0, m_paged = 0;
    ToldPictures m_reduced, m_cut, m_unknown, m_transparent;
    std::optional<Error> m_firstRefusal;
};

std::uint64_t expectedBytes(const ImagePlan& plan) {
    if (plan.keep == "copied") return plan.fileBytes;
    if (plan.keep == "in_place") return 0;
    return static_cast<std::uint64_t>(plan.form.channels * plan.form.height * plan.form.width) * plan.found.files.size();
}

Result<ImportedTable> importImages(const Path& path, const ImageFolderSettings& settings, const Path& folder, const ImportJob& job) {
    LAMINA_TRY(auto plan, planFor(path, settings, folder / "labels", job));
    std::vector<ColumnInfo> infos = columnsOf(plan);
    for (auto& [info, column] : labelColumnsOf(plan)) infos.push_back(std::move(info));
    std::vector<std::unique_ptr<ColumnFileWriter>> writers;
    for (auto& info : infos) {
        LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, std::move(info), writers.empty() ? expectedBytes(plan) : 0));
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

nlohmann::json summaryOf(const ImagePlan& plan) {
    std::vector<std::int64_t> perClass(plan.found.classes.size());
    for (const auto& file : plan.found.files)
        if (file.label >= 0) ++perClass[static_cast<std::size_t>(file.label)];
    auto classes = nlohmann::json::array(), sizes = nlohmann::json::array();
    for (std::size_t i = 0; i < perClass.size(); ++i) classes.push_back({{"name", plan.found.classes[i]}, {"count", perClass[i]}});
    for (const auto& [size, count] : plan.look.sizes) sizes.push_back({{"width", size.first}, {"height", size.second}, {"count", count}});
    return {{"files", plan.found.files.size()}, {"classes", classes}, {"looked_at", plan.look.seen}, {"sizes", sizes}};
}

std::string previewCell(const ImagePlan& plan, const ImageFile& file) {
    if (plan.keep == "decoded") return "uint8 " + shapeText({plan.form.channels, plan.form.height, plan.form.width});
    std::error_code ignored;
    if (plan.keep == "in_place") return imageReferenceText(imageReferenceValue({file.path.string(), 0, "", file.page}));
    return std::to_string(std::filesystem::file_size(file.path, ignored)) + " bytes";
}

Result<ImportPreview> previewImages(const Path& path, const ImageFolderSettings& settings, std::int64_t rows, const CancelToken& cancel) {
    const Path work = std::filesystem::temp_directory_path() / ("lamina-labels-" + newUuid());
    LAMINA_TRY(const auto plan, planFor(path, settings, work, ImportJob{{}, cancel, 0}));
    ImportPreview preview;
    preview.columns = columnsOf(plan);
    const auto labels = labelColumnsOf(plan);
    for (const auto& [info, column] : labels) preview.columns.push_back(info);
    preview.detected = plan.detected;
    preview.issues = plan.issues;
    preview.summary = summaryOf(plan);
    for (const std::size_t i : evenly(plan.found.files.size(), static_cast<std::size_t>(std::max<std::int64_t>(rows, 0)))) {
        const ImageFile& file = plan.found.files[i];
        preview.rows.push_back({previewCell(plan, file), file.name});
        if (!plan.found.classes.empty()) preview.rows.back().push_back(file.label < 0 ? "" : plan.found.classes[static_cast<std::size_t>(file.label)]);
        if (plan.found.subsets) preview.rows.back().push_back(file.subset < 0 ? "" : imageSubsets[file.subset]);
        for (const auto& [info, column] : labels) {
            const std::int64_t row = plan.labels->rowOf[i];
            preview.rows.back().push_back(row < 0 ? "" : plan.labels->table.cellText(row, column));
        }
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
    return formFor(std::any_cast<const ImageFolderSettings&>(filled), {});
}

Result<Image> readImage(const Path& file, const ImageForm& form) try {
    LAMINA_TRY(auto image, decodeFile({file, {}, -1, -1, 0}, form.values));
    auto made = imageInForm(std::move(image), form);
    if (!made) return made.takeError().with("file", file.string());
    return made;
} catch (const std::bad_alloc&) {
    return fail("image.out_of_memory", {{"file", file.string()}});
}

const ImporterType& image_folder_importer() {
    static const ImporterType type = ImporterDescriptor<ImageFolderSettings, probeImages, previewImages, importImages>{
        .id = "image_folder",
        .title = "Pictures in folders",
        .summary = "Photos and other picture files, one subfolder for each class or a CSV file with labels; folders train, validation and test may stand above them.",
        .patterns = imagePatterns(),
        .properties = settingsProperties()};
    return type;
}

}  // namespace lamina
