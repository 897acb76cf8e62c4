// The pictures that will be looked at next, decoded while this one is looked at, and those just left.
#pragma once

#include <QObject>
#include <QTimer>

#include <map>
#include <set>

#include "app/pages/label/label_desk.h"

namespace lamina {

class Workspace;

/// GUI thread; decodes in the background. At most some 400 MB of pictures beside the one on the screen.
class LabelAhead : public QObject {
    Q_OBJECT
public:
    explicit LabelAhead(Workspace& workspace);

    /// Forgets everything.
    void setDesk(std::shared_ptr<const LabelDesk> desk);
    /// The same dataset, with other classes: labels are read again, pictures stay.
    void renewDesk(std::shared_ptr<const LabelDesk> desk);
    /// The items that will be looked at, the most likely first; other pictures are forgotten. Ends with ready() or missing() for each that is not here.
    void want(const std::vector<std::int64_t>& positions);
    /// As it was read, or left; nothing: not here yet. A large picture that is waited for comes as a preview first: ready() is said once more when it is sharp.
    std::optional<ShownItem> item(std::int64_t position) const;
    /// An item that is left, with the labels it has now: until its edits are on the disk nobody else knows them.
    void keep(ShownItem item);
    /// All edits are on the disk: what was kept and is not wanted is forgotten.
    void settle();
    /// The labels of all items (their pictures stay), or of one, have to be read again.
    void dropLabels();
    void dropLabels(std::int64_t position);

signals:
    void ready(std::int64_t position);
    void missing(std::int64_t position, const QString& why);

private:
    void forgetPictures();
    void loadNext();
    bool isWanted(std::int64_t position) const;
    void load(std::int64_t position);
    void loadPreview(std::int64_t position);
    using Read = void (*)(const LabelDesk& desk, ShownItem& item);
    void read(std::int64_t position, Read picture, std::set<std::int64_t>& underWay);
    void take(std::int64_t position, Result<std::optional<ShownItem>> item, bool pictureToo);
    void takePicture(std::int64_t position, const ShownItem& item);
    std::size_t bytes() const;

    Workspace& m_workspace;
    std::shared_ptr<const LabelDesk> m_desk;
    std::map<std::int64_t, ShownItem> m_items;
    /// As the fields of ShownItem.
    struct Picture {
        std::shared_ptr<const PicturePyramid> picture;
        QString problem;
        QSize size;
    };
    std::map<std::int64_t, Picture> m_pictures, m_previews;
    std::vector<std::int64_t> m_wanted;
    QTimer m_calm;          ///< what is on the screen is painted before the next pictures are decoded
    int m_reading = 0;      ///< changes with every desk and every dropLabels(): older answers do not count
    std::set<std::int64_t> m_loading, m_previewing;
};

}  // namespace lamina
