// Files that belong together are one source.
#pragma once

#include <QStringList>

namespace lamina {

/// Several pictures, several films, or several files of an IDX set, from one folder become that folder; everything else stays as it is. Looks at names only.
QStringList groupedSources(const QStringList& files);

}  // namespace lamina
