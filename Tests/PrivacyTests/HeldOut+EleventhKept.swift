extension HeldOut {
  /// Near misses of the same.
  static let eleventhKept = rows(
    ##"""
    C:\Users\用户名\Desktop
    /home/пользователь/проект
    C:\Users\Benutzername\Desktop
    /home/usuário/projeto
    /home/ユーザー名/app
    C:\Users\vssadministrator\AppData
    C:\Users\Default User\x
    C:\Users\All Users\Microsoft
    C:\Users\Your Name\Desktop
    C:\Users\ContainerUser\.nuget
    /home/…/x
    C:\Users\«name»\x
    /home/<имя>/x
    C:\Users\%USERNAME%\My Files\x
    C:\Users\Public Foo
    https://example.com/home/über-uns/
    """##)
}
