#include "app/sources/thumbnail_cache.h"

#include <QBuffer>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "core/base/files.h"
#include "core/base/uuid.h"
#include "core/data/image_reference.h"
#include "core/data/row_hash.h"

namespace lamina {

namespace {

constexpr int smallestEdge = 64, largestEdge = 512, jpegQuality = 88;
constexpr qint64 kibibyte = 1024, mebibyte = 1024 * kibibyte, ordinaryQuota = 512 * mebibyte;
/// How exactly it is known when a picture was looked at last: noting it costs a write.
constexpr qint64 secondsOfDay = 24 * 60 * 60;

constexpr const char* unfinished = ".part-";

std::size_t bytesOfPicture(std::string_view value) { return isImageReference(value) ? readImageReference(value).size : value.size(); }

/// Two letters for a folder, the rest for the file: a folder holds some hundreds.
QString placeOf(const QString& folder, std::string_view value, int edge, const ValueRange& values) {
    const std::string_view identity = imageIdentity(value);
    const QString range = values.given() ? QLatin1Char('-') + QString::number(values.low) + QLatin1Char('_') + QString::number(values.high) : QString();
    const QString name = QString::number(hashBytes(identity), 16).rightJustified(16, QLatin1Char('0'));
    return folder + QLatin1Char('/') + name.left(2) + QLatin1Char('/') + name.mid(2) + QLatin1Char('-') + QString::number(identity.size()) + QLatin1Char('-') +
           QString::number(edge) + range + QLatin1String(".jpg");
}

/// Whole or not at all. Not synced: what a power cut leaves half counts as not there.
bool putThere(const Path& place, const QByteArray& bytes) {
    const Path part = place.string() + unfinished + newUuid().substr(24);
    const auto write = [&]() -> Result<void> {
        LAMINA_TRY(auto file, files().create(part));
        LAMINA_CHECK(file->write(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        return file->close();
    };
    std::error_code failed;
    if (write()) {
        std::filesystem::rename(part, place, failed);
        if (!failed) return true;
    }
    (void)files().remove(part);
    return false;
}

/// What programs that were killed left behind.
void removeUnfinished(const QString& folder) {
    const QDateTime yesterday = QDateTime::currentDateTime().addSecs(-secondsOfDay);
    QDirIterator parts(folder, {QStringLiteral("*.part-*")}, QDir::Files, QDirIterator::Subdirectories);
    while (parts.hasNext()) {
        parts.next();
        if (parts.fileInfo().lastModified() < yesterday) QFile::remove(parts.filePath());
    }
}

struct KeptThumbnail {
    QDateTime used;
    qint64 bytes;
    QString path;
};

std::vector<KeptThumbnail> thumbnailsIn(const QString& folder) {
    std::vector<KeptThumbnail> all;
    QDirIterator files(folder, {QStringLiteral("*.jpg")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        const QFileInfo file = files.fileInfo();
        all.push_back({file.lastModified(), file.size(), file.filePath()});
    }
    return all;
}

}  // namespace

ThumbnailCache& ThumbnailCache::ofThisComputer() {
    static ThumbnailCache cache(QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + QLatin1String("/thumbnails"), ordinaryQuota);
    return cache;
}

bool ThumbnailCache::isFor(std::string_view value, int edge) { return edge <= largestEdge && bytesOfPicture(value) >= smallestFile; }

int ThumbnailCache::edgeToKeep(int edge) {
    int kept = smallestEdge;
    while (kept < edge) kept *= 2;
    return kept;
}

QImage ThumbnailCache::find(std::string_view value, int edge, const ValueRange& values) const {
    QFile file(placeOf(m_folder, value, edgeToKeep(edge), values));
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QImage picture = QImage::fromData(file.readAll(), "JPEG");
    const QDateTime now = QDateTime::currentDateTime();
    if (file.fileTime(QFileDevice::FileModificationTime).secsTo(now) > secondsOfDay) {
        file.close();
        if (file.open(QIODevice::ReadWrite)) file.setFileTime(now, QFileDevice::FileModificationTime);
    }
    return picture;
}

void ThumbnailCache::keep(std::string_view value, int edge, const QImage& picture, const ValueRange& values) {
    if (picture.isNull() || picture.hasAlphaChannel()) return;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!picture.save(&buffer, "JPEG", jpegQuality)) return;
    const QString place = placeOf(m_folder, value, edgeToKeep(edge), values);
    QDir().mkpath(QFileInfo(place).path());
    if (!putThere(place.toStdString(), bytes)) return;
    m_written += bytes.size();
    if (!m_looked.exchange(true) || m_written > m_quota / 8) removeOldest();
}

void ThumbnailCache::removeOldest() {
    const std::unique_lock lock(m_removing, std::try_to_lock);
    if (!lock) return;
    m_written = 0;
    removeUnfinished(m_folder);
    auto all = thumbnailsIn(m_folder);
    qint64 bytes = 0;
    for (const KeptThumbnail& one : all) bytes += one.bytes;
    if (bytes <= m_quota) return;
    std::sort(all.begin(), all.end(), [](const KeptThumbnail& a, const KeptThumbnail& b) { return a.used < b.used; });
    for (std::size_t i = 0; i < all.size() && bytes > m_quota * 3 / 4; ++i)
        if (QFile::remove(all[i].path)) bytes -= all[i].bytes;
}

}  // namespace lamina
