// Where a ThumbnailGallery gets its pictures from.
#pragma once

#include <QImage>
#include <QString>
#include <QStringList>

#include <cstdint>

namespace lamina {

/// Items that do not change. count() and classNames() are asked in the GUI thread and answer at once; the others also in background
/// threads, several at a time.
class ImageSource {
public:
    virtual ~ImageSource() = default;

    virtual std::int64_t count() const = 0;
    /// Names of the classes 0, 1, …; empty where there are none.
    virtual QStringList classNames() const = 0;
    /// -1: none.
    virtual int classOf(std::int64_t item) const = 0;
    /// A short line under the picture; may be empty. Must not wait for a disk.
    virtual QString caption(std::int64_t item) const = 0;
    /// The picture, at least `edge` pixels on its longer side where it has so many, better not much larger. Null: it cannot be shown.
    virtual QImage thumbnail(std::int64_t item, int edge) const = 0;
};

}  // namespace lamina
