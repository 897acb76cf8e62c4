// Small pictures of large ones, kept on disk between two starts: a gallery of photos is there at once the second time, and photos are not read again.
#pragma once

#include <QImage>
#include <QString>

#include <atomic>
#include <mutex>
#include <string_view>

#include "core/data/image.h"

namespace lamina {

/// JPEG files in a folder of their own, at most `quota` bytes of them: those that were not looked at for longest go first. Nothing depends on it: what
/// cannot be written or read is made anew. Any number of threads, and several programs at once.
class ThumbnailCache {
public:
    ThumbnailCache(QString folder, qint64 quota) : m_folder(std::move(folder)), m_quota(quota) {}

    /// In the person's folder for what can be made again, 512 MiB.
    static ThumbnailCache& ofThisComputer();

    /// Pictures from this size on are worth it; smaller ones are decoded as quickly as found.
    static constexpr std::size_t smallestFile = 64 * 1024;
    /// Is it worth asking for this value of an Image column at `edge` pixels?
    static bool isFor(std::string_view value, int edge);

    /// Of the value of an Image column, at least `edge` pixels on the longer side where the picture has so many; null: not there.
    /// `values`: those that the picture was decoded with.
    QImage find(std::string_view value, int edge, const ValueRange& values = {}) const;
    /// With how many pixels on the longer side it should be made to be kept.
    static int edgeToKeep(int edge);
    void keep(std::string_view value, int edge, const QImage& picture, const ValueRange& values = {});

private:
    void removeOldest();

    const QString m_folder;
    const qint64 m_quota;
    std::atomic<qint64> m_written{0};  ///< bytes since the oldest were looked for
    std::atomic<bool> m_looked{false};
    std::mutex m_removing;
};

}  // namespace lamina
