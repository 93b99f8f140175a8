import Posix
import TestKit
import Testing
