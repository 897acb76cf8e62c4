// Small pictures of large ones that are kept on disk.
#include "app/sources/thumbnail_cache.h"

#include <gtest/gtest.h>

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>

#include "core/data/image_reference.h"
#include "tests/support/fault_files.h"

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

TEST(ThumbnailCache, AFullDiskKeepsNothingAndLeavesNothing) {
    QTemporaryDir folder;
    ThumbnailCache cache(folder.path(), 1 << 20);
    FaultFiles faults;
    const auto guard = replaceFiles(faults);
    for (const std::uint64_t room : {0, 1, 100, 300}) {
        faults.setRoom(room);
        cache.keep(photo(1), 128, pictureOf(128, 128, 9));
        EXPECT_TRUE(cache.find(photo(1), 128).isNull()) << room;
        EXPECT_EQ(filesIn(folder.path()), 0) << room;
    }
    faults.heal();
    cache.keep(photo(1), 128, pictureOf(128, 128, 9));
    const int calls = static_cast<int>(faults.calls().size());
    EXPECT_EQ(filesIn(folder.path()), 1);
    for (int call = 1; call <= calls; ++call) {
        faults.failCall(call);
        cache.keep(photo(2), 128, pictureOf(128, 128, 9));
        EXPECT_TRUE(cache.find(photo(2), 128).isNull()) << call;
        EXPECT_EQ(filesIn(folder.path()), 1) << call;
    }
}

TEST(ThumbnailCache, WhatKilledProgramsLeftGoesWithTheOldest) {
    QTemporaryDir folder;
    ASSERT_TRUE(QDir(folder.path()).mkdir("ab"));
    for (const char* name : {"ab/old.jpg.part-1", "ab/new.jpg.part-2"}) {
        QFile file(folder.filePath(name));
        ASSERT_TRUE(file.open(QIODevice::ReadWrite));
        ASSERT_TRUE(file.write("half") == 4 && file.flush());
        const int days = name[3] == 'o' ? -2 : 0;
        ASSERT_TRUE(file.setFileTime(QDateTime::currentDateTime().addDays(days), QFileDevice::FileModificationTime));
    }
    ThumbnailCache(folder.path(), 1 << 20).keep(photo(1), 128, pictureOf(128, 128, 9));
    EXPECT_FALSE(QFile::exists(folder.filePath("ab/old.jpg.part-1")));
    EXPECT_TRUE(QFile::exists(folder.filePath("ab/new.jpg.part-2"))) << "somebody may be writing it";
}

TEST(ThumbnailCache, PicturesOfAnotherRangeOfValuesAreOthers) {
    QTemporaryDir folder;
    ThumbnailCache cache(folder.path(), 1 << 20);
    cache.keep(photo(1), 128, pictureOf(128, 128, 9), {0, 4095});
    EXPECT_TRUE(cache.find(photo(1), 128).isNull());
    EXPECT_FALSE(cache.find(photo(1), 128, {0, 4095}).isNull());
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
