// Small pictures of large ones that are kept on disk.
#include "app/sources/thumbnail_cache.h"

#include <gtest/gtest.h>

#include <QDateTime>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>

#include "core/data/image_reference.h"

namespace lamina {
namespace {

QImage pictureOf(int width, int height, int shade) {
    QImage picture(width, height, QImage::Format_RGB888);
    picture.fill(QColor(shade, shade / 2, 255 - shade));
    return picture;
}

/// The value of a photo of two megabytes that lies at `path`.
std::string photo(int number, const std::string& path = "/photos/one.jpg") { return imageReferenceValue({path, 2'000'000, std::string(63, 'a') + std::to_string(number % 10), 0}); }

int filesIn(const QString& folder) {
    int files = 0;
    for (QDirIterator all(folder, QDir::Files, QDirIterator::Subdirectories); all.hasNext(); all.next()) ++files;
    return files;
}

TEST(ThumbnailCache, GivesWhatWasKeptToTheNextStartWhereverThePhotoLiesNow) {
    QTemporaryDir folder;
    ThumbnailCache(folder.path(), 1 << 20).keep(photo(1), 100, pictureOf(128, 96, 200));
    ThumbnailCache next(folder.path(), 1 << 20);
    const QImage found = next.find(photo(1, "/moved/one.jpg"), 100);
    ASSERT_FALSE(found.isNull());
    EXPECT_EQ(found.size(), QSize(128, 96));
    EXPECT_NEAR(qRed(found.pixel(60, 40)), 200, 8);
    EXPECT_TRUE(next.find(photo(1), 300).isNull()) << "too small for that";
    EXPECT_TRUE(next.find(photo(2), 100).isNull());
}

TEST(ThumbnailCache, IsForLargeFilesAndSmallPictures) {
    EXPECT_TRUE(ThumbnailCache::isFor(photo(1), 128));
    EXPECT_FALSE(ThumbnailCache::isFor(photo(1), 2000));
    EXPECT_FALSE(ThumbnailCache::isFor(std::string(1000, 'x'), 128));
    EXPECT_EQ(ThumbnailCache::edgeToKeep(100), 128);
    EXPECT_EQ(ThumbnailCache::edgeToKeep(128), 128);
}

TEST(ThumbnailCache, StaysWithinItsQuotaAndDropsWhatWasNotLookedAtForLongest) {
    QTemporaryDir folder;
    const QDateTime longAgo = QDateTime::currentDateTime().addDays(-100);
    ThumbnailCache roomy(folder.path(), 1 << 20);
    for (int i = 0; i < 8; ++i) roomy.keep(photo(i), 128, pictureOf(128, 128, 20 * i));
    ASSERT_EQ(filesIn(folder.path()), 8);
    qint64 bytes = 0;
    for (QDirIterator all(folder.path(), QDir::Files, QDirIterator::Subdirectories); all.hasNext();) {
        QFile file(all.next());
        ASSERT_TRUE(file.open(QIODevice::ReadWrite));
        bytes += file.size();
        ASSERT_TRUE(file.setFileTime(longAgo, QFileDevice::FileModificationTime));
    }
    EXPECT_FALSE(roomy.find(photo(3), 128).isNull());  // looked at today
    ThumbnailCache narrow(folder.path(), bytes / 2);
    narrow.keep(photo(9), 128, pictureOf(128, 128, 250));
    EXPECT_LE(filesIn(folder.path()), 4);
    EXPECT_FALSE(narrow.find(photo(3), 128).isNull());
    EXPECT_FALSE(narrow.find(photo(9), 128).isNull());
}

TEST(ThumbnailCache, AFolderThatCannotBeWrittenOnlyMeansNothingIsKept) {
    ThumbnailCache cache(QStringLiteral("/proc/nowhere"), 1 << 20);
    cache.keep(photo(1), 128, pictureOf(128, 128, 9));
    EXPECT_TRUE(cache.find(photo(1), 128).isNull());
}

TEST(ThumbnailCache, ADamagedFileCountsAsNoFile) {
    QTemporaryDir folder;
    ThumbnailCache cache(folder.path(), 1 << 20);
    cache.keep(photo(1), 128, pictureOf(128, 128, 9));
    for (QDirIterator all(folder.path(), QDir::Files, QDirIterator::Subdirectories); all.hasNext();) {
        QFile file(all.next());
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write("no picture");
    }
    EXPECT_TRUE(cache.find(photo(1), 128).isNull());
}

}  // namespace
}  // namespace lamina
