// What the window shows while no project is open: make one, open one, recent ones, samples.
#pragma once

#include <QWidget>

class QBoxLayout;
class QLabel;
class QListWidget;
class QPushButton;

namespace lamina {

class WelcomePage : public QWidget {
    Q_OBJECT
public:
    explicit WelcomePage(QWidget* parent = nullptr);

signals:
    void newWanted();
    void openWanted();
    void fileWanted(const QString& file);
    void sampleWanted(const QString& id);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void retranslate();
    void fillRecent();
    void fillSamples();

    QLabel *m_title, *m_text, *m_recentTitle, *m_samplesTitle, *m_drop;
    QPushButton *m_new, *m_open;
    QListWidget* m_recent;
    QBoxLayout* m_samples;
};

}  // namespace lamina
