#include "app/pages/data/grouped_sources.h"

#include <QFileInfo>

#include <algorithm>
#include <map>

#include "core/data/importers/image_files.h"

namespace lamina {
namespace {

bool belongsToSet(const QString& file) {
    return isImageName(file.toStdString()) || file.endsWith(QLatin1String("-ubyte")) || file.endsWith(QLatin1String("-ubyte.gz"));
}

}  // namespace

QStringList groupedSources(const QStringList& files) {
    std::map<QString, int> inFolder;
    for (const QString& file : files)
        if (belongsToSet(file)) ++inFolder[QFileInfo(file).absolutePath()];
    QStringList sources;
    for (const QString& file : files) {
        const QString folder = QFileInfo(file).absolutePath();
        const bool grouped = belongsToSet(file) && inFolder[folder] > 1;
        if (const QString source = grouped ? folder : file; !sources.contains(source)) sources << source;
    }
    return sources;
}

}  // namespace lamina
