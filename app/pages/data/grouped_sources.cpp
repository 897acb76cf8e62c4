#include "app/pages/data/grouped_sources.h"

#include <QFileInfo>

#include <algorithm>
#include <map>

#include "core/data/importers/image_files.h"
#include "core/data/importers/importer.h"
#include "core/data/importers/video_file.h"

namespace lamina {
namespace {

bool isFilm(const QString& file) { return fitsPatterns(file.toStdString(), videoPatterns()); }

bool belongsToSet(const QString& file) {
    return isFilm(file) || isImageName(file.toStdString()) || file.endsWith(QLatin1String("-ubyte")) || file.endsWith(QLatin1String("-ubyte.gz"));
}

}  // namespace

QStringList groupedSources(const QStringList& files) {
    std::map<std::pair<QString, bool>, int> inFolder;  // films and pictures by themselves: a folder is read as one or the other
    for (const QString& file : files)
        if (belongsToSet(file)) ++inFolder[{QFileInfo(file).absolutePath(), isFilm(file)}];
    QStringList sources;
    for (const QString& file : files) {
        const QString folder = QFileInfo(file).absolutePath();
        const bool grouped = belongsToSet(file) && inFolder[{folder, isFilm(file)}] > 1 && !(isFilm(file) && inFolder[{folder, false}] > 0);
        if (const QString source = grouped ? folder : file; !sources.contains(source)) sources << source;
    }
    return sources;
}

}  // namespace lamina
