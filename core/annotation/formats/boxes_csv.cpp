// A table with a row per box: the picture's file name, the class and four numbers (two corners, or a corner and a size), under the names that
// people give such columns.
#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

#include "core/annotation/formats/format_type.h"
#include "core/annotation/seen_bounds.h"
#include "core/base/number_text.h"
#include "core/base/uuid.h"
#include "core/data/importers/importer.h"
#include "core/data/table.h"

namespace lamina {
namespace boxes_csv_annotation_parts {

struct BoxColumns {
    std::size_t file = 0, label = 0, left = 0, top = 0, right = 0, bottom = 0;
    bool sizes = false;  ///< right and bottom hold width and height
    std::optional<std::size_t> width, height, subset;
};

std::string plainName(const std::string& name) {
    std::string plain;
    for (const unsigned char c : name)
        if (std::isalnum(c)) plain += static_cast<char>(std::tolower(c));
    return plain;
}

std::optional<std::size_t> columnOf(const std::vector<ColumnInfo>& columns, const std::vector<const char*>& names) {
    for (const char* name : names)
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (plainName(columns[i].name) == name) return i;
    return std::nullopt;
}

std::optional<BoxColumns> boxColumns(const std::vector<ColumnInfo>& columns) {
    const auto file = columnOf(columns, {"filename", "imagename", "imagepath", "image", "file", "path", "imageid"});
    const auto label = columnOf(columns, {"label", "class", "classname", "labelname", "celltype", "category", "name"});
    const auto left = columnOf(columns, {"xmin", "x1", "left", "x"}), top = columnOf(columns, {"ymin", "y1", "top", "y"});
    auto right = columnOf(columns, {"xmax", "x2", "right"}), bottom = columnOf(columns, {"ymax", "y2", "bottom"});
    const bool sizes = !right || !bottom;
    const auto width = columnOf(columns, {"width", "w"}), height = columnOf(columns, {"height", "h"});
    if (sizes) {
        right = columnOf(columns, {"w", "boxwidth", "width"});
        bottom = columnOf(columns, {"h", "boxheight", "height"});
    }
    if (!file || !label || !left || !top || !right || !bottom) return std::nullopt;
    BoxColumns found{*file, *label, *left, *top, *right, *bottom, sizes, {}, {}, columnOf(columns, {"subset", "split", "part"})};
    if (!sizes) {
        found.width = width;
        found.height = height;
    }
    return found;
}

/// Of a folder that this format wrote: the one table in it.
Path tableOf(const Path& source) {
    std::error_code failed;
    return std::filesystem::is_directory(source, failed) ? source / "boxes.csv" : source;
}

double probe(const Path& folderOrFile) {
    std::error_code failed;
    const Path source = tableOf(folderOrFile);
    const ImporterType* csv = findImporter("csv");
    if (!csv || !std::filesystem::is_regular_file(source, failed) || csv->probe(source) == 0) return 0;
    const auto preview = previewWith(*csv, source, {}, 5);
    return preview && boxColumns(preview->columns) ? 0.8 : 0;
}

/// The columns of the file, in a folder that is gone again afterwards.
class ReadTable {
public:
    ReadTable() : m_folder(std::filesystem::temp_directory_path() / ("lamina-boxes-" + newUuid())) {}
    ~ReadTable() {
        std::error_code failed;
        std::filesystem::remove_all(m_folder, failed);
    }
    ReadTable(const ReadTable&) = delete;
    Result<Table> open(const Path& file, const CancelToken& cancel) {
        LAMINA_TRY(const auto imported, importWith(*findImporter("csv"), file, {}, m_folder, {.progress = {}, .cancel = cancel, .threads = 0}));
        return Table::open(imported.columns);
    }

private:
    Path m_folder;
};

Result<AnnotationSet> read(const Path& folderOrFile, const CancelToken& cancel) {
    const Path source = tableOf(folderOrFile);
    ReadTable reader;
    LAMINA_TRY(const Table table, reader.open(source, cancel));
    std::vector<ColumnInfo> infos;
    for (std::size_t i = 0; i < table.columnCount(); ++i) infos.push_back(table.info(i));
    const auto columns = boxColumns(infos);
    if (!columns) return fail("annotation.no_box_columns", {{"file", source.filename().string()}});
    AnnotationSet set;
    std::map<std::string, std::size_t> images;
    for (std::int64_t row = 0; row < table.rows(); ++row) {
        if (row % 4096 == 0 && cancel.cancelled()) return fail("job.cancelled");
        const std::string name = table.cellText(row, columns->file), label = table.cellText(row, columns->label);
        const double left = table.view(columns->left).number(row), top = table.view(columns->top).number(row);
        double right = table.view(columns->right).number(row), bottom = table.view(columns->bottom).number(row);
        if (columns->sizes) {
            right += left;
            bottom += top;
        }
        if (name.empty() || label.empty() || !(left == left && top == top && right == right && bottom == bottom)) {
            set.issues.push_back({Severity::Warning, fail("annotation.refused", {{"file", source.filename().string()},
                                                                                  {"number", std::to_string(row + 1)},
                                                                                  {"reason", name.empty() ? "no picture" : label.empty() ? "no class" : "no number"}})});
            continue;
        }
        const auto [place, added] = images.emplace(name, set.images.size());
        if (added) {
            AnnotatedImage image;
            image.file = name;
            if (columns->width) image.width = static_cast<std::int64_t>(table.view(*columns->width).number(row));
            if (columns->height) image.height = static_cast<std::int64_t>(table.view(*columns->height).number(row));
            if (columns->subset) image.subset = subsetOfName(table.cellText(row, *columns->subset));
            set.images.push_back(std::move(image));
        }
        set.label(label);
        set.images[place->second].shapes.push_back(boxShape(label, left, top, right, bottom));
    }
    if (set.images.empty()) return fail("annotation.none", {{"file", source.string()}});
    checkShapes(set);
    return set;
}

/// Quoted where it must be, and so that no spreadsheet takes it for a formula.
std::string cellOf(const std::string& text) {
    std::string cell = text;
    if (!cell.empty() && std::string("=+-@\t\r").find(cell[0]) != std::string::npos) cell.insert(0, "'");
    if (cell.find_first_of("\",\n\r") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

Result<WrittenAnnotations> write(const AnnotationSet& set, const Path& folder, const CancelToken& cancel) {
    WrittenAnnotations written;
    std::string text = "filename,label,xmin,ymin,xmax,ymax,width,height,subset\n";
    for (const AnnotatedImage& image : set.images) {
        if (cancel.cancelled()) return fail("job.cancelled");
        for (std::size_t i = 0; i < image.shapes.size(); ++i) {
            const AnnotationShape& shape = image.shapes[i];
            if (shape.kind >= ShapeKind::Span) {
                written.issues.push_back({Severity::Warning, fail("annotation.not_written", {{"file", image.file}, {"number", std::to_string(i + 1)}, {"label", shape.label}})});
                continue;
            }
            if (shape.kind != ShapeKind::Box || shape.rotation != 0)
                written.issues.push_back({Severity::Warning, fail("annotation.became_box", {{"file", image.file}, {"number", std::to_string(i + 1)}, {"label", shape.label}})});
            const ShapeBounds bounds = seenBoundsOf(shape, image.width, image.height);
            text += cellOf(image.file) + "," + cellOf(shape.label);
            for (const double value : {bounds.left, bounds.top, bounds.right, bounds.bottom}) text += "," + shortestText(value);
            text += "," + std::to_string(image.width) + "," + std::to_string(image.height) + "," + (image.subset.empty() ? "" : nameOfSubset(image.subset)) + "\n";
        }
    }
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) return fail("file.failed", {{"file", folder.string()}, {"call", "mkdir"}, {"reason", failed.message()}});
    written.files.push_back(folder / "boxes.csv");
    LAMINA_CHECK(writeFileAtomically(written.files.back(), text));
    return written;
}

}  // namespace boxes_csv_annotation_parts

const AnnotationFormatType& boxes_csv_annotation_format() {
    using namespace boxes_csv_annotation_parts;
    static const AnnotationFormatType type{.id = "boxes_csv",
                                           .title = "Table of boxes (CSV)",
                                           .summary = "A row for each box: picture, class and corners.",
                                           .probe = probe,
                                           .read = read,
                                           .write = write};
    return type;
}

}  // namespace lamina
