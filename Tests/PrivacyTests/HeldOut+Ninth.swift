extension HeldOut {
  /// What the ninth set taught: 10,497 values in 940 templates of somebody who knew no rule, of which 0.62 % leaked.
  static let ninth = rows(
    """
    delivery to ‹karim1989@163.com› deferred: 451 4.7.1
    FactoryBot.create(:user, email: "‹deepika_szabo@163.com›", role: :owner)
    mail.From("‹rosa+ci@126.com›")
    const sdk = init("‹GR¦1348941r7NGvzZNtSDvNI7LnHKi›");
    Somebody committed ‹GR¦1348941l7kRjLcXPEnQ1N_eORpp› to our public repo.
    UPDATE contacts SET phone = '‹+49 176/44361898›' WHERE id = 41664;
    {"phone":"‹+49 176/48159313›"}
    我把TWILIO_AUTH_TOKEN设成了「‹3ee4e9e077e0a2a612ef95767beb3903›」，还是提示未授权。
    我把MISTRAL_API_KEY设成了「‹JkUPThCRHG3a998gUf7z9kNJzH1iiDEw›」，还是提示未授权。
    Ich habe AZURE_OPENAI_API_KEY auf ‹512bed95fbcfa4e61ca9821c96de498a› gesetzt, trotzdem kommt 401
    J'ai mis MISTRAL_API_KEY sur ‹JkUPThCRHG3a998gUf7z9kNJzH1iiDEw› et rien
    # Steuer-ID⏎assert is_valid("‹41964203581›")
    # NIR⏎assert is_valid("‹1 70 12 43 271 665 45›")
    // fødselsnummer⏎check(‹23047717760›);
    -- PESEL⏎VALUES ('‹90012357751›')
      # RRN⏎  assert is_valid("‹781203-2738736›")
    ALGOLIA_ADMIN_KEY ?= ‹ff5719828fec44a0f5e284d5de4fb4aa›
    """)

  static let ninthKept = rows(
    """
    Could not load 'Newtonsoft.Json, Version=6.7.8.53, Culture=neutral, PublicKeyToken=30ad4fe6b2a6aeed'
    <assemblyIdentity name="a" publicKeyToken="30ad4fe6b2a6aeed" />
    Does upgrading the plugin from version 10.0.16527.404 to 8.4.8.247 break the API?
    nvidia-driver 17.1.13, vcredist 5.0.5.129, build 2.7.8.211
    carrier rejected recipient error=30007 sid=01e6a175-b85a-4f8f-a11b-b8663339c04f
    session sid: 5dcc9247-0efa-4326-95d5-661d40debcdc
    npm i pkg@163.0.1 netty@4.1.115.Final
    left-pad@2.js and icon@2x.png
    GR1348941 is the prefix
    GR1348941-short
    I moved API_KEY auf den Server
    我把API_KEY设成了环境变量
    CACHE_KEY ?= 1
    # of the nir band⏎assert is_valid("1234567890")
    # Steuer-ID⏎⏎assert is_valid("41964203581")
    pesel is checked below⏎x = 90012357752
    """)
}
