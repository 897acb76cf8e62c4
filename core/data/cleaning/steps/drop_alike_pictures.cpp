// Pictures that are there more than once, in other sizes, formats or compressions.
#include <algorithm>
#include <map>

#include "core/data/cleaning/step_tools.h"
#include "core/data/seen_picture.h"

namespace lamina {
namespace drop_alike_pictures_step_parts {

/// More of the pictures than this in one group: perhaps all of them come from one fixed camera and what counts in them is small.
constexpr double largeShare = 0.05;

struct DropAlikePictures {
    std::string column;
    std::string keep = "first";
    bool largeGroups = false;
};

Result<std::size_t> pictureColumn(const Table& table, const std::string& name) {
    std::vector<std::size_t> found;
    for (std::size_t c = 0; c < table.columnCount(); ++c)
        if (holdsPictures(table.info(c)) && (name.empty() || table.info(c).name == name)) found.push_back(c);
    if (!found.empty()) return found.front();
    if (!name.empty())
        if (auto there = stepColumn(table, name); !there) return there.takeError();
    return fail("cleaning.no_pictures");
}

/// Rows by the first one that they are alike with (itself among them).
std::map<std::int64_t, std::vector<std::int64_t>> groupsAlike(const PictureLikeness& likeness) {
    std::map<std::int64_t, std::vector<std::int64_t>> groups;
    for (std::size_t row = 0; row < likeness.leaders.size(); ++row)
        if (likeness.leaders[row] >= 0) groups[likeness.leaders[row]].push_back(static_cast<std::int64_t>(row));
    return groups;
}

std::int64_t keptOf(const std::vector<std::int64_t>& group, const std::vector<SeenPicture>& pictures, const std::string& keep) {
    if (keep == "first") return group.front();
    const auto size = [&](std::int64_t row) { return pictures[static_cast<std::size_t>(row)].width * pictures[static_cast<std::size_t>(row)].height; };
    return *std::max_element(group.begin(), group.end(), [&](std::int64_t a, std::int64_t b) { return size(a) < size(b); });
}

Result<CleanTable> apply(const CleanTable& input, const DropAlikePictures& settings, const nlohmann::json&, const StepContext& context, StepReport& report) {
    LAMINA_TRY(const std::size_t column, pictureColumn(input.table, settings.column));
    const TableColumn& values = input.table.column(column);
    const auto isThere = [&](std::int64_t row) { return !input.isRemoved(row); };
    LAMINA_TRY(const auto seen, seePictures(values, {isThere, context.pictures.indexOf(values), context.pictures.memory, context.threads, context.cancel, context.progress}));
    const auto readable = std::count_if(seen.pictures.begin(), seen.pictures.end(), [](const SeenPicture& picture) { return picture.signature.readable; });
    std::vector<std::uint8_t> remove(seen.pictures.size());
    for (const auto& [leader, group] : groupsAlike(seen.likeness)) {
        const double share = static_cast<double>(group.size()) / static_cast<double>(readable);
        if (!settings.largeGroups && group.size() > 2 && share > largeShare) {
            report.issues.push_back({Severity::Warning,
                                     fail("cleaning.alike_group_kept", {{"rows", std::to_string(group.size())}, {"row", std::to_string(leader + 1)},
                                                                        {"percent", std::to_string(static_cast<int>(100 * share + 0.5))}}),
                                     1});
            continue;
        }
        const std::int64_t kept = keptOf(group, seen.pictures, settings.keep);
        for (const std::int64_t row : group) remove[static_cast<std::size_t>(row)] = row != kept;
    }
    return withoutRows(input, remove, context, report);
}

}  // namespace drop_alike_pictures_step_parts

const CleaningStepType& drop_alike_pictures_step() {
    using namespace drop_alike_pictures_step_parts;
    static const CleaningStepType type = CleaningStepDescriptor<DropAlikePictures, apply>{
        .id = "drop_alike_pictures",
        .title = "Drop pictures that look the same",
        .category = "rows",
        .summary = "Keeps one of the pictures that show the same in another size, format, compression or brightness; new rows are all answered.",
        .searchWords = {"near-duplicates", "duplicates", "similar images", "perceptual hash"},
        .properties = {property("column", &DropAlikePictures::column, "Picture column", "Which column holds the pictures; none: the first that does.", {.meaning = "column"}),
                       property("keep", &DropAlikePictures::keep, "Keep", "Which of them stays.", {.choices = {"first", "largest"}}),
                       property("large_groups", &DropAlikePictures::largeGroups, "Large groups too",
                                "Groups of more than one picture in twenty are left alone unless this is on: a fixed camera takes pictures that differ in what matters only.")},
        .rows = RowEffect::TrainingOnly};
    return type;
}

}  // namespace lamina
