// A half-drawn shape on disk, so that a crash costs a second of it. Beside the program's settings: it is nobody's work yet.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include <optional>
#include <string>

#include "core/annotation/annotation.h"

namespace lamina {

class Workspace;

struct DraftedShape {
    std::string tool;
    AnnotationShape shape;
};

/// One draft per project. GUI thread; writes in the background, half a second after the last change.
class LabelDraft : public QObject {
    Q_OBJECT
public:
    explicit LabelDraft(Workspace& workspace);

    /// Empty: there is no draft any more.
    void note(std::int64_t item, std::optional<DraftedShape> drafted);
    /// What was drafted on this item before the program ended, if anything. Reads a small file, once per project.
    std::optional<DraftedShape> of(std::int64_t item);

private:
    QString file() const;
    void write();
    void read();

    Workspace& m_workspace;
    QTimer m_timer;
    std::int64_t m_item = 0;
    std::optional<DraftedShape> m_drafted;
    bool m_onDisk = false;
    QString m_readOf;  ///< the project whose draft was read
};

}  // namespace lamina
