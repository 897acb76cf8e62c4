// What else is said of the selected label, or of the item as a whole: names with values ("occluded" = "yes").
#pragma once

#include <map>

#include "app/pages/label/label_panel.h"

class QLabel;
class QTableWidget;

namespace lamina {

class AttributesPanel : public LabelPanel {
    Q_OBJECT
public:
    explicit AttributesPanel(Workspace& workspace, QWidget* parent = nullptr);

    QString title() const override;
    void setDesk(std::shared_ptr<const LabelDesk> desk) override;
    void showItem(const ShownItem* item) override;
    void showSelection(const std::vector<std::string>& labels) override;

private:
    using Attributes = std::map<std::string, std::string>;
    /// The label that the table speaks of; end: one that says something of the whole item has to be made.
    LabelHeads::const_iterator spokenOf() const;
    Attributes typed() const;
    void fill();
    void edited();
    void retranslate() override;

    std::shared_ptr<const LabelDesk> m_desk;
    std::int64_t m_item = 0;
    LabelHeads m_heads;
    std::string m_label;  ///< selected; empty: the whole item
    QLabel* m_about;
    QTableWidget* m_table;
};

}  // namespace lamina
