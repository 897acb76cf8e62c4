// A half-drawn shape on disk, so that a crash costs a second of it. Beside the program's settings: it is nobody's work yet.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include <map>
#include <optional>
#include <string>

#include "core/annotation/annotation.h"

namespace lamina {

class Workspace;

struct DraftedShape {
    std::string tool;
    AnnotationShape shape;
};

/// One draft per item. GUI thread; writes in the background, half a second after the last change.
class LabelDraft : public QObject {
    Q_OBJECT
public:
    explicit LabelDraft(Workspace& workspace);

    /// Empty: there is no draft any more.
    void note(std::int64_t item, std::optional<DraftedShape> drafted);
    /// What was half drawn on this item when it was left, or the program ended. Reads a small file, once per project.
    std::optional<DraftedShape> of(std::int64_t item);
    /// Writes at once what is still to be written, also of a project that has just been closed.
    void flush();

private:
    QString file() const;  ///< of the project whose drafts were read
    void write();
    void read();

    Workspace& m_workspace;
    QTimer m_timer;
    QByteArray text() const;

    std::map<std::int64_t, DraftedShape> m_drafts;  ///< by item
    bool m_onDisk = false;
    QString m_readOf;  ///< the project whose drafts were read
};

}  // namespace lamina
