#include "core/data/profile/picture_profile.h"

#include <algorithm>
#include <map>

#include "core/data/profile/row_groups.h"
#include "core/data/profile/row_mask.h"
#include "core/data/seen_picture.h"

namespace lamina {

namespace {

constexpr std::size_t mostSizes = 20;

void addPicture(const SeenPicture& picture, PictureFacts& facts) {
    if (facts.read++ == 0) {
        facts.smallestWidth = facts.largestWidth = picture.width;
        facts.smallestHeight = facts.largestHeight = picture.height;
    }
    facts.grey += picture.grey;
    facts.smallestWidth = std::min(facts.smallestWidth, picture.width);
    facts.smallestHeight = std::min(facts.smallestHeight, picture.height);
    facts.largestWidth = std::max(facts.largestWidth, picture.width);
    facts.largestHeight = std::max(facts.largestHeight, picture.height);
}

PictureFacts factsOf(const std::vector<SeenPicture>& pictures, const ColumnView& view, std::span<const std::uint16_t> removedBy) {
    PictureFacts facts;
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> sizes;
    for (std::size_t row = 0; row < pictures.size(); ++row) {
        const auto at = static_cast<std::int64_t>(row);
        if (!rowIsThere(removedBy, at) || view.isMissing(at)) continue;
        if (!pictures[row].signature.readable) {
            ++facts.unreadable;
            continue;
        }
        addPicture(pictures[row], facts);
        ++sizes[{pictures[row].width, pictures[row].height}];
    }
    for (const auto& [size, rows] : sizes) facts.sizes.push_back({std::to_string(size.first) + " × " + std::to_string(size.second), rows});
    std::stable_sort(facts.sizes.begin(), facts.sizes.end(), [](const ProfiledValue& a, const ProfiledValue& b) { return a.rows > b.rows; });
    if (facts.sizes.size() > mostSizes) facts.sizes.resize(mostSizes);
    return facts;
}

}  // namespace

Result<NearDuplicates> profilePictures(const ProfileInput& input, std::size_t index, const ProfileSettings& settings, ProfiledColumn& column) {
    SeeingSettings how{{}, index, settings.memory, settings.threads, settings.cancel, settings.progress};
    if (!input.removedBy.empty()) how.isThere = [&](std::int64_t row) { return rowIsThere(input.removedBy, row); };
    LAMINA_TRY(const SeenPictures seenNow, seePictures(input.table.column(index), how));
    column.pictures = factsOf(seenNow.pictures, input.table.view(index), input.removedBy);
    column.wrong = column.pictures->unreadable;
    column.valid = column.pictures->read;
    if (column.wrong > 0) column.wrongReason = "unreadable_picture";
    NearDuplicates found;
    found.column = column.name;
    found.typicalDistance = seenNow.likeness.typicalDistance;
    found.threshold = seenNow.likeness.threshold;
    found.unreadable = column.wrong;
    found.groups = groupsOfLeaders(seenNow.likeness.leaders, column.rows);
    return found;
}

}  // namespace lamina
