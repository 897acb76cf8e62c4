// The rail at the left: the stages from data to use, each with what is done or missing in words.
#pragma once

#include <QFrame>
#include <QString>

#include <map>
#include <vector>

#include "app/pages/common/page.h"

class QToolButton;
class QLabel;

namespace lamina {

class StageRail : public QFrame {
    Q_OBJECT
public:
    explicit StageRail(QWidget* parent = nullptr);

    /// Ids in order: "data", "clean", "label", "model", "train", "review", "use".
    static const std::vector<QString>& stages();
    static QString title(const QString& stage);

    void setCurrent(const QString& stage);
    void setStatus(const QString& stage, const StageStatus& status);

signals:
    void chosen(const QString& stage);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    struct Entry {
        QToolButton* button;
        QLabel* mark;
        StageStatus status;
    };
    std::map<QString, Entry> m_entries;
};

}  // namespace lamina
