#include "app/jobs/picture_memory.h"

#include <algorithm>
#include <cstring>

namespace lamina {
namespace {

constexpr char pictureMagic[8] = {'L', 'M', 'S', 'E', 'E', 'N', '0', '2'};
constexpr std::uint64_t largestPictureFile = std::uint64_t{4} << 30;
/// Newer ones only are kept: each is of one column's content.
constexpr std::size_t mostPictureFiles = 16;

struct PictureHead {
    char magic[8];
    std::uint64_t rows;
    double typicalDistance, threshold;
};

/// As it lies in the file; the same on every machine that Lamina runs on.
struct StoredPicture {
    std::uint64_t hash;
    std::int64_t width, height, leader;
    std::uint16_t grey[256];
    std::uint8_t readable, isGrey, none[6];
};
static_assert(sizeof(StoredPicture) == 552 && sizeof(PictureHead) == 32);

Path memoryFolder(const Project& project) { return project.folder() / "signatures"; }

std::string bytesOfSeen(const SeenPictures& seen) {
    PictureHead head{{}, seen.pictures.size(), seen.likeness.typicalDistance, seen.likeness.threshold};
    std::memcpy(head.magic, pictureMagic, sizeof pictureMagic);
    std::string bytes(sizeof head + seen.pictures.size() * sizeof(StoredPicture), '\0');
    std::memcpy(bytes.data(), &head, sizeof head);
    for (std::size_t row = 0; row < seen.pictures.size(); ++row) {
        const SeenPicture& picture = seen.pictures[row];
        StoredPicture stored{picture.signature.hash, picture.width, picture.height, seen.likeness.leaders[row], {}, picture.signature.readable, picture.grey, {}};
        std::copy(picture.signature.grey.begin(), picture.signature.grey.end(), stored.grey);
        std::memcpy(bytes.data() + sizeof head + row * sizeof stored, &stored, sizeof stored);
    }
    return bytes;
}

std::optional<SeenPictures> seenFromBytes(std::span<const std::byte> bytes) {
    PictureHead head;
    if (bytes.size() < sizeof head) return {};
    std::memcpy(&head, bytes.data(), sizeof head);
    if (std::memcmp(head.magic, pictureMagic, sizeof pictureMagic) != 0 || head.rows != (bytes.size() - sizeof head) / sizeof(StoredPicture) ||
        (bytes.size() - sizeof head) % sizeof(StoredPicture) != 0)
        return {};
    SeenPictures seen;
    seen.likeness.typicalDistance = head.typicalDistance;
    seen.likeness.threshold = head.threshold;
    for (std::size_t row = 0; row < head.rows; ++row) {
        StoredPicture stored;
        std::memcpy(&stored, bytes.data() + sizeof head + row * sizeof stored, sizeof stored);
        if (stored.leader < -1 || stored.leader >= static_cast<std::int64_t>(head.rows)) return {};
        SeenPicture picture{{stored.readable != 0, stored.hash, {}}, stored.width, stored.height, stored.isGrey != 0};
        std::copy(std::begin(stored.grey), std::end(stored.grey), picture.signature.grey.begin());
        seen.pictures.push_back(picture);
        seen.likeness.leaders.push_back(stored.leader);
    }
    return seen;
}

/// A cache that only grows would outlive its use.
void forgetOldest(const Path& folder) {
    std::vector<std::pair<std::filesystem::file_time_type, Path>> kept;
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        std::error_code unseen;
        kept.emplace_back(at->last_write_time(unseen), at->path());
    }
    std::sort(kept.begin(), kept.end());
    for (std::size_t i = 0; i + mostPictureFiles < kept.size(); ++i) std::filesystem::remove(kept[i].second, error);
}

}  // namespace

PictureMemory pictureMemory(const Project& project, const DatasetRecord& dataset) {
    std::vector<std::string> hashes;
    for (const ColumnRecord& column : dataset.columns) hashes.push_back(column.fileHash);
    const auto place = [&project, hashes](std::size_t column) -> std::optional<Path> {
        if (column >= hashes.size() || hashes[column].empty()) return {};
        return memoryFolder(project) / hashes[column];
    };
    PictureMemory memory;
    memory.find = [place](std::size_t column) -> std::optional<SeenPictures> {
        const auto file = place(column);
        if (!file) return {};
        const auto bytes = readFile(*file, largestPictureFile);
        return bytes ? seenFromBytes(*bytes) : std::nullopt;
    };
    memory.keep = [place, &project](std::size_t column, const SeenPictures& seen) {
        const auto file = place(column);
        if (!file || project.readOnly()) return;
        std::error_code error;
        std::filesystem::create_directories(file->parent_path(), error);
        // A full disk is no reason to fail: the next look reads the pictures again.
        if (!error && writeFileAtomically(*file, bytesOfSeen(seen))) forgetOldest(file->parent_path());
    };
    return memory;
}

}  // namespace lamina
