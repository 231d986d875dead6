"""What is said of a folder of data in which more lies than its package describes."""

from psc.files.data_package import check_described

LEFT = "something that a program left behind; expected no such file: nothing reads it, so delete it"


def faults_of_folder(folder):
    return [str(fault) for fault in check_described(folder, prefix="places")]
