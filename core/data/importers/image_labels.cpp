#include "core/data/importers/image_labels.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <unordered_map>

#include "core/data/importers/csv.h"

namespace lamina {
namespace {

constexpr std::int64_t ambiguousName = -2;
/// Labels of a hundred thousand pictures take a few megabytes; what is much larger is a table of its own.
constexpr std::uintmax_t largestLabelTable = 256u << 20;

using PicturesByName = std::unordered_map<std::string, std::int64_t>;

void nameOnce(PicturesByName& byName, std::string name, std::int64_t picture) {
    const auto [at, isNew] = byName.emplace(std::move(name), picture);
    if (!isNew && at->second != picture) at->second = ambiguousName;
}

/// Everything a table may call a picture. Two pictures of one name: neither is meant.
PicturesByName namesOf(const ImageFiles& pictures, const std::string& folderPart) {
    PicturesByName byName;
    for (std::size_t i = 0; i < pictures.files.size(); ++i) {
        if (pictures.files[i].page != 0) continue;
        const auto picture = static_cast<std::int64_t>(i);
        const std::string& name = pictures.files[i].name;
        const Path path(name);
        nameOnce(byName, name, picture);
        if (!folderPart.empty() && name.compare(0, folderPart.size(), folderPart) == 0) nameOnce(byName, name.substr(folderPart.size()), picture);
        nameOnce(byName, path.filename().string(), picture);
        nameOnce(byName, path.stem().string(), picture);
        nameOnce(byName, Path(path).replace_extension().generic_string(), picture);
    }
    return byName;
}

bool isLabelTable(const Path& file) {
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return (ending == ".csv" || ending == ".tsv") && file.filename().string()[0] != '.';
}

std::vector<Path> labelTables(const Path& folder, const ImageFiles& pictures) {
    std::set<Path> folders{folder};
    const Path root = folder.lexically_normal();
    for (Path up = pictures.files[0].path.parent_path(); up.lexically_normal() != root && up.has_relative_path(); up = up.parent_path()) {
        const auto inside = up.lexically_relative(folder);
        if (inside.empty() || *inside.begin() == "..") break;
        folders.insert(up);
    }
    std::vector<Path> tables;
    for (const Path& each : folders) {
        std::error_code error;
        for (std::filesystem::directory_iterator at(each, error), end; !error && at != end; at.increment(error)) {
            std::error_code ignored;
            if (at->is_regular_file(ignored) && at->file_size(ignored) <= largestLabelTable && isLabelTable(at->path())) tables.push_back(at->path());
        }
    }
    std::sort(tables.begin(), tables.end());
    return tables;
}

/// Which pictures a column names, row by row.
std::vector<std::int64_t> picturesNamed(const Table& table, std::size_t column, const PicturesByName& byName) {
    std::vector<std::int64_t> named;
    const ColumnView view = table.view(column);
    const bool may = view.kind == ColumnKind::Text || view.kind == ColumnKind::Category || view.kind == ColumnKind::Integer;
    for (std::int64_t row = 0; row < table.rows(); ++row) {
        const auto found = may ? byName.find(table.cellText(row, column)) : byName.end();
        named.push_back(found == byName.end() || found->second < 0 ? -1 : found->second);
    }
    return named;
}

void assignLabels(ImageLabels& labels, const std::vector<std::int64_t>& named, std::size_t pictures) {
    labels.rowOf.assign(pictures, -1);
    for (std::size_t row = 0; row < named.size(); ++row) {
        if (named[row] < 0) {
            ++labels.withoutPicture;
            continue;
        }
        auto& place = labels.rowOf[static_cast<std::size_t>(named[row])];
        if (place >= 0) ++labels.repeated;
        else place = static_cast<std::int64_t>(row);
    }
}

/// Gone when the import ends, however it ends.
struct LabelFolder {
    Path path;
    ~LabelFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

std::optional<ImageLabels> labelsIn(const Path& file, Table table, const ImageFiles& pictures, const Path& folder) {
    const std::string part = file.parent_path().lexically_relative(folder).generic_string();
    const PicturesByName byName = namesOf(pictures, part == "." || part.empty() ? std::string() : part + "/");
    ImageLabels labels{file, std::move(table), 0, {}, 0, 0};
    std::vector<std::int64_t> best;
    std::ptrdiff_t most = 0;
    for (std::size_t column = 0; column < labels.table.columnCount(); ++column) {
        auto named = picturesNamed(labels.table, column, byName);
        const auto count = std::count_if(named.begin(), named.end(), [](std::int64_t picture) { return picture >= 0; });
        if (count <= most) continue;
        most = count;
        best = std::move(named);
        labels.nameColumn = column;
    }
    if (most == 0 || (2 * most < std::ssize(best) && 2 * most < std::ssize(pictures.files))) return {};
    assignLabels(labels, best, pictures.files.size());
    // Pages of one file share its row.
    for (std::size_t i = 1; i < pictures.files.size(); ++i)
        if (pictures.files[i].page > 0) labels.rowOf[i] = labels.rowOf[i - 1];
    return labels;
}

}  // namespace

Result<std::optional<ImageLabels>> findImageLabels(const Path& folder, const ImageFiles& pictures, const Path& work, const ImportJob& job) {
    std::error_code ignored;
    if (pictures.files.empty() || !std::filesystem::is_directory(folder, ignored)) return std::optional<ImageLabels>();
    for (const Path& file : labelTables(folder, pictures)) {
        const LabelFolder inside{work};
        ImportJob quiet = job;
        quiet.progress = nullptr;
        const auto imported = importWith(csv_importer(), file, nlohmann::json::object(), work, quiet);
        if (job.cancel.cancelled()) return fail("job.cancelled");
        if (!imported) continue;
        auto table = Table::open(imported->columns);
        if (!table) continue;
        if (auto labels = labelsIn(file, std::move(*table), pictures, folder)) return labels;
    }
    return std::optional<ImageLabels>();
}

std::optional<std::size_t> ImageLabels::target() const {
    std::optional<std::size_t> first;
    for (std::size_t column = 0; column < table.columnCount(); ++column) {
        if (column == nameColumn) continue;
        std::string name = table.info(column).name;
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        if (name == "label" || name == "class" || name == "target" || name == "category" || name == "tag") return column;
        if (!first && table.info(column).kind != ColumnKind::Text) first = column;
    }
    return first;
}

ColumnData labelColumn(const ImageLabels& labels, std::size_t column, const std::vector<std::size_t>& pictures) {
    const ColumnView view = labels.table.view(column);
    ColumnData data(view.kind);
    if (view.kind == ColumnKind::Category) data.setDictionary({view.dictionary.begin(), view.dictionary.end()});
    for (const std::size_t picture : pictures) {
        const std::int64_t row = labels.rowOf[picture];
        if (row < 0 || view.isMissing(row)) {
            data.addMissing();
            continue;
        }
        const auto i = static_cast<std::size_t>(row);
        if (view.kind == ColumnKind::Number) data.addNumber(view.numbers[i]);
        else if (storedAsInteger(view.kind)) data.addInteger(view.integers[i]);
        else if (view.kind == ColumnKind::Boolean) data.addBoolean(view.booleans[i] != 0);
        else if (view.kind == ColumnKind::Category) data.addCode(view.codes[i]);
        else data.addText(view.text(row));
    }
    return data;
}

}  // namespace lamina
