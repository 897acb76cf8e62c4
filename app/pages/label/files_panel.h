// Labels that other programs made come in, and those that are here go out as files.
#pragma once

#include "app/pages/label/label_panel.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace lamina {

class FilesPanel : public LabelPanel {
    Q_OBJECT
public:
    explicit FilesPanel(Workspace& workspace);

    QString title() const override;
    void setDesk(std::shared_ptr<const LabelDesk> desk) override;

    /// Without the dialogs that ask for the place.
    void takeFrom(const QString& place);
    void writeTo(const QString& folder);

private:
    void build();
    void setBusy(bool busy);
    void tell(const QString& text, const std::vector<Issue>& issues);
    void retranslate() override;

    Workspace& m_workspace;
    std::shared_ptr<const LabelDesk> m_desk;
    bool m_busy = false;
    QLabel *m_about, *m_outcome;
    QPushButton *m_folder, *m_file, *m_write;
    QComboBox* m_format;
    QCheckBox* m_pictures;
};

}  // namespace lamina
