// What became of a label: who, when, with which tool or model; earlier states can be brought back.
#pragma once

#include "app/pages/label/label_panel.h"

class QLabel;
class QListWidget;
class QPushButton;

namespace lamina {

class ShapeHistory : public LabelPanel {
    Q_OBJECT
public:
    explicit ShapeHistory(Workspace& workspace, QWidget* parent = nullptr);

    QString title() const override;
    void setDesk(std::shared_ptr<const LabelDesk> desk) override;
    void showItem(const ShownItem* item) override;
    void showSelection(const std::vector<std::string>& labels) override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    void read();
    void fill();
    void retranslate() override;
    QString words(const AnnotationRecord& revision) const;
    const AnnotationRecord* newestOf(const std::string& label) const;
    void restore();

    Workspace& m_workspace;
    std::shared_ptr<const LabelDesk> m_desk;
    std::int64_t m_item = 0;
    std::vector<std::string> m_labels;           ///< selected; empty: all of the item
    std::vector<AnnotationRecord> m_revisions;   ///< of the item, oldest first
    QLabel* m_about;
    QListWidget* m_list;
    QPushButton* m_restore;
    bool m_stale = false;
};

}  // namespace lamina
