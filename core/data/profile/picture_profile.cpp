#include "core/data/profile/picture_profile.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

#include "core/base/parallel.h"
#include "core/data/profile/row_groups.h"
#include "core/data/profile/row_mask.h"
#include "core/data/seen_picture.h"

namespace lamina {

namespace {

constexpr std::size_t picturesOfPiece = 16, mostSizes = 20;

/// Reads all pictures; `seenPictures` is filled row by row. Progress counts pieces as they are done.
Result<void> readPictures(const ProfileInput& input, std::size_t index, const ProfileSettings& settings, std::vector<SeenPicture>& pictures) {
    const ColumnView view = input.table.view(index);
    const ColumnInfo& info = input.table.info(index);
    std::atomic<std::int64_t> done{0};
    std::mutex reporting;
    parallelFor((pictures.size() + picturesOfPiece - 1) / picturesOfPiece, settings.threads, [&](std::size_t piece) {
        const std::size_t last = std::min(pictures.size(), (piece + 1) * picturesOfPiece);
        for (std::size_t row = piece * picturesOfPiece; row < last && !settings.cancel.cancelled(); ++row) {
            const auto at = static_cast<std::int64_t>(row);
            if (rowIsThere(input.removedBy, at)) pictures[row] = seenPicture(view, info, at);
        }
        const std::int64_t now = done += static_cast<std::int64_t>(last - piece * picturesOfPiece);
        if (!settings.progress) return;
        const std::lock_guard lock(reporting);
        settings.progress({"pictures", now, static_cast<std::int64_t>(pictures.size()), "pictures"});
    });
    if (settings.cancel.cancelled()) return fail("job.cancelled");
    return {};
}

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

/// From the memory where it has them all; else read, compared and kept.
Result<SeenPictures> seenPictures(const ProfileInput& input, std::size_t index, const ProfileSettings& settings) {
    const bool whole = input.removedBy.empty();
    const auto rows = static_cast<std::size_t>(input.table.rows());
    if (whole && settings.memory.find)
        if (auto known = settings.memory.find(index); known && known->pictures.size() == rows && known->likeness.leaders.size() == rows)
            return std::move(*known);
    SeenPictures seenNow;
    seenNow.pictures.resize(rows);
    LAMINA_CHECK(readPictures(input, index, settings, seenNow.pictures));
    std::vector<PictureSignature> signatures;
    signatures.reserve(rows);
    bool allRead = true;
    const ColumnView view = input.table.view(index);
    for (std::size_t row = 0; row < rows; ++row) {
        signatures.push_back(seenNow.pictures[row].signature);
        allRead = allRead && (signatures.back().readable || view.isMissing(static_cast<std::int64_t>(row)));
    }
    LAMINA_TRY(seenNow.likeness, findAlikePictures(signatures, settings.threads, settings.cancel));
    // What cannot be read today may be there tomorrow.
    if (whole && allRead && settings.memory.keep) settings.memory.keep(index, seenNow);
    return seenNow;
}

}  // namespace

Result<NearDuplicates> profilePictures(const ProfileInput& input, std::size_t index, const ProfileSettings& settings, ProfiledColumn& column) {
    LAMINA_TRY(const SeenPictures seenNow, seenPictures(input, index, settings));
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
