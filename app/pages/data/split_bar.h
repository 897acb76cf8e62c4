// The foot of the Data page: how the items are divided in one line, and the way on to the model.
#pragma once

#include <QFrame>

#include <memory>

#include "app/pages/data/opened_dataset.h"

class QLabel;
class QPushButton;

namespace lamina {

class PartsBar;

class SplitBar : public QFrame {
    Q_OBJECT
public:
    explicit SplitBar(QWidget* parent = nullptr);

    void setDataset(std::shared_ptr<const OpenedDataset> opened);
    /// Can the project be changed?
    void setEditable(bool editable);

signals:
    void splitWanted();
    /// The split that is there divides other rows: draw it again.
    void againWanted();
    void buildWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    QString madeWords(const SplitRecord& split) const;

    std::shared_ptr<const OpenedDataset> m_opened;
    bool m_editable = false;
    QLabel* m_words;
    PartsBar* m_parts;
    QPushButton *m_split, *m_build;
};

}  // namespace lamina
